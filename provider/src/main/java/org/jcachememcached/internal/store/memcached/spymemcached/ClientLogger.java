package org.jcachememcached.internal.store.memcached.spymemcached;

import net.spy.memcached.compat.log.AbstractLogger;
import net.spy.memcached.compat.log.Level;
import org.jcachememcached.internal.logging.LogNames;
import org.jcachememcached.internal.thread.FaultBarrier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of the client library: all of it under one name, and nothing above {@code DEBUG}, because
 * this provider itself logs what matters to users. What the library logs for debugging, many lines
 * for each request, is {@code TRACE}. Stateless.
 *
 * <p>Public because the library creates its own instances.
 */
public final class ClientLogger extends AbstractLogger {

  private static final Logger LOG = LoggerFactory.getLogger(LogNames.CLIENT);

  static final ClientLogger INSTANCE = new ClientLogger(LogNames.CLIENT);

  /**
   * Called by the library.
   *
   * @param name a class of the library; not used
   */
  public ClientLogger(String name) {
    super(name);
  }

  @Override
  public boolean isTraceEnabled() {
    return LOG.isTraceEnabled();
  }

  @Override
  public boolean isDebugEnabled() {
    return LOG.isTraceEnabled();
  }

  @Override
  public boolean isInfoEnabled() {
    return LOG.isDebugEnabled();
  }

  @Override
  public void log(Level level, Object message, Throwable cause) {
    FaultBarrier.run("The log of the client", () -> write(level, message, cause));
  }

  private static void write(Level level, Object message, Throwable cause) {
    if (level == Level.TRACE || level == Level.DEBUG) {
      LOG.trace("{}", message, cause);
    } else {
      LOG.debug("{}", message, cause);
    }
  }
}
