package org.jcachememcached.event;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jcachememcached.thread.DaemonThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread, there only while there is something to do, that tells asynchronous listeners in
 * order. Thread-safe.
 *
 * <p>Events are accepted without waiting, so that this can be done while locks are held. Callers
 * wait for room afterwards, and at most for {@value #ROOM_SECONDS} s: a listener that has made no
 * room by then is in an outage, during which nobody waits and what finds no room is dropped. The
 * thread itself never waits for room: what its listeners change has a backlog of its own, and is
 * dropped when that is full.
 */
final class AsynchronousDispatch {

  private static final Logger LOG = LoggerFactory.getLogger(AsynchronousDispatch.class);

  private static final long ROOM_SECONDS = 10;
  private static final long IDLE_SECONDS = 10;
  private static final long CLOSE_SECONDS = 5;

  /**
   * Something to tell.
   *
   * @param own whether a listener caused it that the thread itself has told
   */
  private record Telling(Runnable work, boolean own, int events, long bytes) {}

  private final String cacheName;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Condition ended = lock.newCondition();
  private final Queue<Telling> queue = new ArrayDeque<>();
  private final Backlog ofCallers = new Backlog();
  private final Backlog ofListeners = new Backlog();
  private volatile @Nullable Thread thread;
  private boolean outage;
  private long dropped;
  private boolean closing;
  private boolean closed;

  AsynchronousDispatch(String cacheName) {
    this.cacheName = cacheName;
  }

  /**
   * Accepts something to tell, without waiting.
   *
   * @param events how many events it consists of
   * @param bytes how large their values are, as they are stored
   */
  void accept(Runnable work, int events, long bytes) {
    boolean outageBegins = false;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      boolean own = isOwnThread();
      if (hasNoPlace(own)) {
        dropped += events;
        outageBegins = beginOutage();
      } else {
        queue.add(new Telling(DaemonThreads.inContextOfCaller(work), own, events, bytes));
        backlog(own).add(events, bytes);
      }
      wakeThread();
    } finally {
      lock.unlock();
    }
    if (outageBegins) {
      warn("Asynchronous listeners of cache '{}' make no room: events are dropped until they do");
    }
  }

  private boolean hasNoPlace(boolean own) {
    return own || outage ? backlog(own).isFull() : ofCallers.isOverfull();
  }

  private Backlog backlog(boolean own) {
    return own ? ofListeners : ofCallers;
  }

  /** Waits until there is room for more events, for a bounded time. An interrupt ends the wait. */
  void awaitRoom() {
    if (isOwnThread()) {
      return;
    }
    boolean outageBegins = false;
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(ROOM_SECONDS);
      while (ofCallers.isFull() && !outage && !closing && left > 0) {
        left = room.awaitNanos(left);
      }
      outageBegins = left <= 0 && ofCallers.isFull() && beginOutage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    if (outageBegins) {
      warn(
          "Asynchronous listeners of cache '{}' have made no room for {} s: events are dropped until they do",
          ROOM_SECONDS);
    }
  }

  private boolean beginOutage() {
    boolean begins = !outage;
    outage = true;
    room.signalAll();
    return begins;
  }

  /** Lets nobody wait for room any more. */
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
   * Accepts nothing more, and waits a bounded time until everything is told. When a listener closes
   * the cache, what has not been told by then never is.
   */
  void close() {
    long untold;
    lock.lock();
    try {
      closed = true;
      closing = true;
      room.signalAll();
      wakeThread();
      awaitEnd();
      untold = ofCallers.events() + ofListeners.events();
      queue.clear();
      ofCallers.clear();
      ofListeners.clear();
      interruptIfBusy();
    } finally {
      lock.unlock();
    }
    if (untold > 0) {
      warn(
          "Asynchronous listeners of cache '{}' are not told of {} events, because it is closed",
          untold);
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
      warn("Asynchronous listeners of cache '{}' are told later: {}", e.toString());
    }
  }

  private void run() {
    try {
      boolean more;
      do {
        more = tellNext();
      } while (more);
    } finally {
      end();
    }
  }

  /** Forgets what it has told before it waits for more. */
  private boolean tellNext() {
    Telling next = take();
    if (next == null) {
      return false;
    }
    tell(next);
    return true;
  }

  /** The next thing to tell; null when there is nothing, and this thread has to end. */
  private @Nullable Telling take() {
    String news = null;
    Telling next;
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(IDLE_SECONDS);
      while (queue.isEmpty() && !closed && left > 0) {
        left = awaitArrival(left);
      }
      next = queue.poll();
      if (next == null) {
        leave();
      } else {
        backlog(next.own()).remove(next.events(), next.bytes());
        news = endOutage();
        if (!ofCallers.isFull()) {
          room.signalAll();
        }
      }
    } finally {
      lock.unlock();
    }
    if (news != null) {
      warn("Asynchronous listeners of cache '{}' make room again; {}", news);
    }
    return next;
  }

  private long awaitArrival(long nanos) {
    try {
      return arrived.awaitNanos(nanos);
    } catch (InterruptedException e) {
      // Some listener's, and none of this thread's business.
      return nanos;
    }
  }

  /** What to say of an outage that ends now, or null. */
  private @Nullable String endOutage() {
    if (!outage || !ofCallers.hasAmpleRoom() || !ofListeners.hasAmpleRoom()) {
      return null;
    }
    String news = dropped + " events were dropped";
    outage = false;
    dropped = 0;
    return news;
  }

  private void tell(Telling telling) {
    try {
      telling.work().run();
    } catch (Throwable e) {
      warn("An asynchronous listener of cache '{}' failed", e);
    }
  }

  /** The thread ends, be it of something that nobody expected. */
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
    } catch (RuntimeException | Error e) {
      // Neither a caller whose change is made nor the thread may end of a failing log.
      return;
    }
  }
}
