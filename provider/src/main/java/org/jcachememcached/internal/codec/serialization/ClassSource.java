package org.jcachememcached.internal.codec.serialization;

/** Where the classes that bytes name come from. */
public interface ClassSource {

  /**
   * The class of that name, as {@link Class#getName} gives it; not initialized yet.
   *
   * @throws ClassNotFoundException if it is unknown; the message says to whom
   */
  Class<?> load(String name) throws ClassNotFoundException;

  /**
   * The class of dynamic proxies that implement these interfaces, in this order.
   *
   * @throws ClassNotFoundException if there can be none
   */
  Class<?> proxyOf(Class<?>... interfaces) throws ClassNotFoundException;
}
