package org.jcachememcached.internal.codec.serialization;

/**
 * Finds the classes that serialized bytes name. Implementations say whether they are thread-safe.
 */
public interface ClassSource {

  /**
   * The class of that name, as {@link Class#getName} gives it; not initialized yet.
   *
   * @throws ClassNotFoundException if there is none; the message says which class loaders were used
   */
  Class<?> load(String name) throws ClassNotFoundException;

  /**
   * The class of dynamic proxies that implement these interfaces, in this order.
   *
   * @throws ClassNotFoundException if there is none
   */
  Class<?> proxyOf(Class<?>... interfaces) throws ClassNotFoundException;
}
