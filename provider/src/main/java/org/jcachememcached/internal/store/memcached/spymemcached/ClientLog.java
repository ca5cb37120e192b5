package org.jcachememcached.internal.store.memcached.spymemcached;

import net.spy.memcached.MemcachedClient;
import org.jcachememcached.internal.library.ClientModule;

/**
 * Where the client library's own log goes. By default it writes to the standard error stream; it
 * looks for another logger once, when its first class is initialized. Stateless.
 */
final class ClientLog {

  private static final String LOGGER_PROPERTY = "net.spy.log.LoggerImpl";
  private static final String SLF4J_LOGGER = "net.spy.memcached.compat.log.SLF4JLogger";

  private ClientLog() {}

  /** Sends it to {@link ClientLogger}, unless the user has chosen something else. */
  static void route() {
    ClientModule.export(ClientLogger.class);
    if (System.getProperty(LOGGER_PROPERTY) == null) {
      System.setProperty(
          LOGGER_PROPERTY, isVisibleToLibrary() ? ClientLogger.class.getName() : SLF4J_LOGGER);
    }
  }

  /** Where a parent of this class's loader has loaded the library, it cannot load our class. */
  private static boolean isVisibleToLibrary() {
    try {
      ClassLoader library = MemcachedClient.class.getClassLoader();
      return Class.forName(ClientLogger.class.getName(), false, library) == ClientLogger.class;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
