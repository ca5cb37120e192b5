package org.jcachememcached.internal.store.memcached.discovery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.config.ServerSource;
import org.jcachememcached.internal.config.ServerSource.ServerFile;
import org.jcachememcached.internal.thread.DaemonThreads;
import org.jcachememcached.internal.thread.FaultBarrier;
import org.jspecify.annotations.Nullable;

/**
 * Follows the servers that a source names: asks it in a thread of its own, at intervals and on
 * request, and hands over the servers when they have changed. While the source cannot be asked, or
 * answers with anything but servers, the last ones stay. Thread-safe.
 *
 * <p>The thread survives whatever the source, the log and the receiver throw. A list of servers is
 * no source that changes: it is not asked, and there is no thread.
 */
public final class Discovery implements AutoCloseable {

  /** A file is looked at so often. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** A question may consist of several, each of which may take the timeout. */
  private static final int TIMEOUTS_PER_QUESTION = 5;

  private final ServerSource source;
  private final Duration timeout;
  private final Question question;
  private final AskingTimes times;
  private final SourceHealth health;
  private final SourceWatch watch;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Asks nothing yet.
   *
   * @param follower receives the servers, each once and one at least, if they are not those that
   *     {@link #ask} has returned, or that it has received last; it is called by the thread of the
   *     discovery, and again after a while with what it has failed to take
   */
  public Discovery(ServerSource source, DiscoveryOptions options, Consumer<List<Server>> follower) {
    this(source, options, Questions.about(source, options), follower);
  }

  Discovery(
      ServerSource source,
      DiscoveryOptions options,
      Question question,
      Consumer<List<Server>> follower) {
    this.source = source;
    this.timeout = options.timeout();
    this.question = question;
    this.times =
        new AskingTimes(
            source instanceof ServerFile ? LOOK : options.refresh(),
            System::nanoTime,
            () -> ThreadLocalRandom.current().nextDouble());
    this.health = new SourceHealth(source);
    Duration limit = timeout.multipliedBy(TIMEOUTS_PER_QUESTION);
    this.watch = new SourceWatch(question, times, health, limit, follower);
    this.thread = DaemonThreads.create("jcache-memcached asks " + source, this::run);
  }

  /**
   * Asks for the first time, and waits for the answer for the timeout at most. To be called once,
   * before {@link #follow}.
   *
   * @return the servers; none if the source cannot be asked, names none or has not answered yet
   */
  public List<Server> ask() {
    if (!source.listed().isEmpty()) {
      return source.listed();
    }
    thread.start();
    return watch.awaitFirst(timeout);
  }

  /** Begins to hand over servers that have changed. To be called once. */
  public void follow() {
    watch.follow();
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!closed) {
      FaultBarrier.run(thread.getName(), watch::turn);
      LockSupport.parkNanos(times.nanosLeft());
    }
  }

  /**
   * Asks again as soon as possible, because a server was lost: at once, or a second after the last
   * question. Does not wait.
   */
  public void askSoon() {
    times.request();
    LockSupport.unpark(thread);
  }

  /** Why the source cannot be asked at present, in a sentence; null if it can. */
  public @Nullable String failure() {
    return health.failure();
  }

  /**
   * Ends the thread, and waits briefly for its end. It may still be handing over servers if the
   * receiver takes long.
   */
  @Override
  public void close() {
    closed = true;
    watch.end();
    question.abandon();
    LockSupport.unpark(thread);
    DaemonThreads.awaitEnd(thread);
  }
}
