package org.jcachememcached.internal.store.memcached.discovery;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jcachememcached.internal.config.ServerSource;
import org.jcachememcached.internal.logging.LogNames;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a source can be asked. Logs each reason why it cannot once, and once that it can be asked
 * again. Thread-safe.
 */
final class SourceHealth {

  private static final Logger LOG = LoggerFactory.getLogger(LogNames.SERVERS);

  /** So many different reasons are logged; what answers something else each time is quoted. */
  private static final int MAX_REASONS = 10;

  private final ServerSource source;
  private final LongSupplier nanoTime;
  private final Logger log;
  private final Set<String> logged = new HashSet<>();
  private int servers;
  private int question;
  private boolean asking;
  private long failedSince;
  private @Nullable String failure;

  /** Logs to the logger of servers. */
  SourceHealth(ServerSource source) {
    this(source, System::nanoTime, LOG);
  }

  /**
   * @param nanoTime the clock, {@link System#nanoTime()}
   */
  SourceHealth(ServerSource source, LongSupplier nanoTime, Logger log) {
    this.source = source;
    this.nanoTime = nanoTime;
    this.log = log;
  }

  /**
   * A question begins.
   *
   * @return its number
   */
  synchronized int asked() {
    asking = true;
    return ++question;
  }

  /** There is no answer to a question for a long time; does nothing if it has ended meanwhile. */
  synchronized void overdue(int number, Duration limit) {
    if (asking && number == question) {
      report("does not answer within %d ms".formatted(limit.toMillis()), null);
    }
  }

  /**
   * The question has ended without an answer.
   *
   * @param reason in words that follow the name of the source
   */
  synchronized void failed(String reason, @Nullable Throwable cause) {
    asking = false;
    report(reason, cause);
  }

  private void report(String reason, @Nullable Throwable cause) {
    if (failure == null) {
      failedSince = nanoTime.getAsLong();
    }
    failure = source + " (setting 'servers') " + reason;
    if (logged.size() < MAX_REASONS && logged.add(reason)) {
      log.warn("{}; {}", failure, consequence());
    }
    log.debug("{}", failure, cause);
  }

  private String consequence() {
    return servers == 0 ? "it has named no server yet" : "servers that stay in use: " + servers;
  }

  /**
   * The question has been answered.
   *
   * @param count the number of servers
   */
  synchronized void answered(int count) {
    asking = false;
    servers = count;
    if (failure != null) {
      failure = null;
      logged.clear();
      long seconds = Duration.ofNanos(nanoTime.getAsLong() - failedSince).toSeconds();
      log.info("{} can be asked again, after {} s; servers: {}", source, seconds, count);
    }
  }

  /** Why the source cannot be asked, in a sentence; null if it can. */
  synchronized @Nullable String failure() {
    return failure;
  }
}
