package org.jcachememcached.store.memcached;

/**
 * Where spymemcached's own log goes. Without a word it writes to the standard error stream; it
 * looks for another place once, when its first class is initialized. Stateless.
 */
final class ClientLog {

  private static final String LOGGER_PROPERTY = "net.spy.log.LoggerImpl";
  private static final String SLF4J_LOGGER = "net.spy.memcached.compat.log.SLF4JLogger";

  private ClientLog() {}

  /** Sends it to SLF4J, unless the user has chosen something else. */
  static void routeToSlf4j() {
    if (System.getProperty(LOGGER_PROPERTY) == null) {
      System.setProperty(LOGGER_PROPERTY, SLF4J_LOGGER);
    }
  }
}
