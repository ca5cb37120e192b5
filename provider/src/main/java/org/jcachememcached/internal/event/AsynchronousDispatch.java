package org.jcachememcached.internal.event;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jcachememcached.internal.logging.OccasionalLog;
import org.jcachememcached.internal.thread.DaemonThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls asynchronous listeners in order, on one thread that exists only while there is something to
 * do. Thread-safe.
 *
 * <p>Events are accepted without waiting, so that this is possible while locks are held. Callers
 * wait for room afterwards, for a bounded time; if no event at all was delivered during it, an
 * outage begins: until it ends callers do not wait, and events that find no room are dropped. The
 * thread itself never waits for room; events caused by listeners are accepted up to several times
 * the limit.
 */
final class AsynchronousDispatch {

  private static final Logger LOG = LoggerFactory.getLogger(AsynchronousDispatch.class);

  /**
   * How many times the backlog may exceed its limit before events are dropped: callers wait after
   * their events were accepted, and listeners cause events without waiting at all.
   */
  private static final int HARD_LIMIT = 4;

  private static final long IDLE_SECONDS = 10;
  private static final long CLOSE_SECONDS = 5;

  /** A pending call of a listener. */
  private record Delivery(Runnable work, int events, long bytes) {}

  private final String cacheName;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Condition ended = lock.newCondition();
  private final Queue<Delivery> queue = new ArrayDeque<>();
  private final Backlog backlog = new Backlog();
  private final OccasionalLog failures;
  private volatile @Nullable Thread thread;
  private long taken;
  private boolean closing;
  private boolean closed;

  /**
   * @param patience how long callers wait for room
   * @param clock measures the pause between log messages about failing listeners
   */
  AsynchronousDispatch(String cacheName, Duration patience, InstantSource clock) {
    this.cacheName = cacheName;
    this.patience = patience;
    this.failures = new OccasionalLog(clock);
  }

  /**
   * Accepts the call of a listener, without waiting.
   *
   * @param events the number of events
   * @param bytes the stored size of their values
   */
  void accept(Runnable work, int events, long bytes) {
    boolean outageBegins = false;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (backlog.isFull(backlog.isInOutage() && !isOwnThread() ? 1 : HARD_LIMIT)) {
        backlog.drop(events);
        outageBegins = beginOutage();
      } else {
        queue.add(new Delivery(DaemonThreads.inContextOfCaller(work), events, bytes));
        backlog.add(events, bytes);
      }
      wakeThread();
    } finally {
      lock.unlock();
    }
    if (outageBegins) {
      warn("Asynchronous listeners of cache '{}' do not keep up: events are dropped until they do");
    }
  }

  /** Waits until there is room for more events, for a bounded time. An interrupt ends the wait. */
  void awaitRoom() {
    if (isOwnThread()) {
      return;
    }
    boolean outageBegins = false;
    lock.lock();
    try {
      long left = patience.toNanos();
      long takenBefore = taken;
      while (backlog.isFull(1) && !backlog.isInOutage() && !closing && left > 0) {
        left = room.awaitNanos(left);
      }
      passOnRoom();
      outageBegins = left <= 0 && taken == takenBefore && beginOutage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    if (outageBegins) {
      warn(
          "Asynchronous listeners of cache '{}' have not returned for {} ms: events are dropped"
              + " until they do",
          patience.toMillis());
    }
  }

  private boolean beginOutage() {
    room.signalAll();
    return backlog.beginOutage();
  }

  /** From now on no caller waits for room. */
  void stopWaiting() {
    lock.lock();
    try {
      closing = true;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Accepts nothing more, and waits a bounded time until everything is delivered. If a listener
   * closes the cache, pending events are discarded.
   */
  void close() {
    long undelivered;
    lock.lock();
    try {
      closed = true;
      closing = true;
      room.signalAll();
      wakeThread();
      awaitEnd();
      undelivered = backlog.events();
      queue.clear();
      backlog.remove(undelivered, 0);
      interruptIfBusy();
    } finally {
      lock.unlock();
    }
    if (undelivered > 0) {
      warn(
          "Asynchronous listeners of cache '{}' are not called for {} events, because it is closed",
          undelivered);
    }
  }

  private void awaitEnd() {
    long left = TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
    try {
      while (thread != null && !isOwnThread() && left > 0) {
        left = ended.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void interruptIfBusy() {
    Thread busy = thread;
    if (busy != null && !isOwnThread()) {
      busy.interrupt();
    }
  }

  private boolean isOwnThread() {
    return Thread.currentThread() == thread;
  }

  private void wakeThread() {
    if (thread == null && !queue.isEmpty()) {
      start();
    } else {
      arrived.signal();
    }
  }

  private void start() {
    Thread next = DaemonThreads.create("jcache-memcached listeners of " + cacheName, this::run);
    try {
      thread = next;
      next.start();
    } catch (RuntimeException | Error e) {
      // No thread is available now; the next event tries again.
      thread = null;
      warn("Asynchronous listeners of cache '{}' are called later: {}", e.toString());
    }
  }

  private void run() {
    try {
      boolean more;
      do {
        more = deliverNext();
      } while (more);
    } finally {
      end();
    }
  }

  /** Releases what it has delivered before it waits for more. */
  private boolean deliverNext() {
    Delivery next = take();
    if (next == null) {
      return false;
    }
    deliver(next);
    return true;
  }

  /** The next delivery; null if there is none and this thread has to end. */
  private @Nullable Delivery take() {
    boolean outageEnds = false;
    Delivery next;
    lock.lock();
    try {
      awaitArrival();
      next = queue.poll();
      if (next == null) {
        leave();
      } else {
        taken++;
        backlog.remove(next.events(), next.bytes());
        passOnRoom();
        outageEnds = backlog.endOutage();
      }
    } finally {
      lock.unlock();
    }
    if (outageEnds) {
      warn(
          "Asynchronous listeners of cache '{}' keep up again; {} events were dropped so far",
          backlog.dropped());
    }
    return next;
  }

  /** Wakes one caller per step, which wakes the next one, because there may not be room for all. */
  private void passOnRoom() {
    if (!backlog.isFull(1)) {
      room.signal();
    }
  }

  private void awaitArrival() {
    long left = TimeUnit.SECONDS.toNanos(IDLE_SECONDS);
    while (queue.isEmpty() && !closed && left > 0) {
      try {
        left = arrived.awaitNanos(left);
      } catch (InterruptedException leftBehind) {
        // Left behind by a listener; this thread is never interrupted to end it.
      }
    }
  }

  private void deliver(Delivery delivery) {
    try {
      delivery.work().run();
    } catch (Throwable e) {
      failures.log(
          times ->
              warn(
                  "Asynchronous listeners of cache '{}' have failed {} times; now with", times, e));
    }
    // An interrupt that a listener has left behind must not reach the next one.
    boolean unusedInterrupt = Thread.interrupted();
  }

  /** The thread ends, possibly by an unexpected error. */
  private void end() {
    lock.lock();
    try {
      if (isOwnThread()) {
        leave();
        wakeThread();
      }
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    thread = null;
    ended.signalAll();
  }

  private void warn(String message, Object... more) {
    try {
      Object[] arguments = new Object[more.length + 1];
      arguments[0] = cacheName;
      System.arraycopy(more, 0, arguments, 1, more.length);
      LOG.warn(message, arguments);
    } catch (Throwable e) {
      // A failing logger must end neither this thread nor a call whose change is made.
      return;
    }
  }
}
