package org.jcachememcached.internal.codec.serialization;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The classes of an application: those that the class loader of its cache manager finds, else those
 * that the context class loader of the thread finds. The default is the class loader of the
 * provider, which finds the classes of no application when several applications share the provider.
 * Thread-safe.
 */
public final class ApplicationClasses implements ClassSource {

  /** Class loaders do not find these by their names. */
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
   * @param classLoader of the cache manager; called each time
   */
  public ApplicationClasses(Supplier<ClassLoader> classLoader) {
    this.classLoader = classLoader;
  }

  @Override
  public Class<?> load(String name) throws ClassNotFoundException {
    Class<?> primitive = PRIMITIVES.get(name);
    return primitive != null
        ? primitive
        : ask("The class " + name, loader -> Class.forName(name, false, loader));
  }

  @Override
  public Class<?> proxyOf(Class<?>... interfaces) throws ClassNotFoundException {
    return ask(
        "A class of " + Arrays.toString(interfaces), loader -> proxyClass(loader, interfaces));
  }

  private static Class<?> proxyClass(@Nullable ClassLoader loader, Class<?>... interfaces)
      throws ClassNotFoundException {
    try {
      // The only way to a proxy class that is not deprecated; the instance is dropped.
      return Proxy.newProxyInstance(loader, interfaces, (proxy, method, arguments) -> null)
          .getClass();
    } catch (IllegalArgumentException e) {
      throw new ClassNotFoundException(e.getMessage(), e);
    }
  }

  private Class<?> ask(String what, Loading loading) throws ClassNotFoundException {
    ClassLoader ofManager = classLoader.get();
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    try {
      return loading.in(ofManager);
    } catch (ClassNotFoundException unknown) {
      try {
        return loading.in(ofThread);
      } catch (ClassNotFoundException unknownToo) {
        throw new ClassNotFoundException(
            "%s is unknown to the cache manager's class loader, %s, and to that of the thread, %s"
                .formatted(what, ofManager, ofThread),
            unknown);
      }
    }
  }

  @FunctionalInterface
  private interface Loading {
    Class<?> in(@Nullable ClassLoader loader) throws ClassNotFoundException;
  }
}
