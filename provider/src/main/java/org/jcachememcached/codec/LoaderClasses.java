package org.jcachememcached.codec;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Classes of a class loader. Thread-safe. */
final class LoaderClasses implements ClassSource {

  /** No class loader gives these away by their names. */
  private static final Map<String, Class<?>> PRIMITIVES =
      Stream.<Class<?>>of(
              boolean.class,
              byte.class,
              char.class,
              short.class,
              int.class,
              long.class,
              float.class,
              double.class,
              void.class)
          .collect(Collectors.toUnmodifiableMap(Class::getName, Function.identity()));

  private final Supplier<ClassLoader> classLoader;

  /**
   * @param classLoader asked anew each time
   */
  LoaderClasses(Supplier<ClassLoader> classLoader) {
    this.classLoader = classLoader;
  }

  @Override
  public Class<?> load(String name) throws ClassNotFoundException {
    Class<?> primitive = PRIMITIVES.get(name);
    if (primitive != null) {
      return primitive;
    }
    try {
      return Class.forName(name, false, classLoader.get());
    } catch (ClassNotFoundException e) {
      throw new ClassNotFoundException(
          "The class " + name + " is unknown to the cache manager's class loader", e);
    }
  }

  @Override
  public Class<?> proxyOf(Class<?>... interfaces) throws ClassNotFoundException {
    try {
      // There is no other way to a proxy class that is not deprecated; the instance is dropped.
      return Proxy.newProxyInstance(
              classLoader.get(), interfaces, (proxy, method, arguments) -> null)
          .getClass();
    } catch (IllegalArgumentException e) {
      throw new ClassNotFoundException(Arrays.toString(interfaces), e);
    }
  }
}
