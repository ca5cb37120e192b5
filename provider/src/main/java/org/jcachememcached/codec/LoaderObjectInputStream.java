package org.jcachememcached.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads serialized objects whose classes one class loader knows, under a guard. Not thread-safe.
 */
final class LoaderObjectInputStream extends ObjectInputStream {

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

  private final ClassLoader classLoader;
  private final DeserializationGuard guard;

  LoaderObjectInputStream(InputStream bytes, ClassLoader classLoader, DeserializationGuard guard)
      throws IOException {
    super(bytes);
    this.classLoader = classLoader;
    this.guard = guard;
    setObjectInputFilter(guard);
    enableResolveObject(true);
  }

  /** The class of that name, as {@link Class#getName} gives it; not initialized yet. */
  static Class<?> load(String name, ClassLoader classLoader) throws ClassNotFoundException {
    Class<?> primitive = PRIMITIVES.get(name);
    return primitive != null ? primitive : Class.forName(name, false, classLoader);
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
    return load(description.getName(), classLoader);
  }

  @Override
  protected Class<?> resolveProxyClass(String[] interfaceNames)
      throws IOException, ClassNotFoundException {
    Class<?>[] interfaces = new Class<?>[interfaceNames.length];
    for (int i = 0; i < interfaceNames.length; i++) {
      interfaces[i] = load(interfaceNames[i], classLoader);
      // The JDK asks the filter when the proxy class is there, whose making runs code already.
      guard.require(interfaces[i]);
    }
    try {
      // There is no other way to a proxy class that is not deprecated; the instance is dropped.
      return Proxy.newProxyInstance(classLoader, interfaces, (proxy, method, arguments) -> null)
          .getClass();
    } catch (IllegalArgumentException e) {
      throw new ClassNotFoundException(String.join(", ", interfaceNames), e);
    }
  }

  @Override
  protected @Nullable Object resolveObject(@Nullable Object object) throws IOException {
    if (object != null) {
      guard.requireShortWalk(object);
    }
    return object;
  }
}
