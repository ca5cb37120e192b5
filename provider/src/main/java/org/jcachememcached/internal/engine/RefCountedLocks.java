package org.jcachememcached.internal.engine;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A reentrant lock for every key that is in use, and what its last holder has left for the next
 * one; keeps nothing for other keys. Thread-safe.
 *
 * @param <L> the type of what a holder may leave for the next one
 */
final class RefCountedLocks<L> {

  private final ConcurrentHashMap<String, Counted<L>> locks = new ConcurrentHashMap<>();

  /** A handle on the lock of a key, without locking it; has to be closed. */
  Handle<L> forKey(String key) {
    Counted<L> counted =
        locks.compute(key, (k, known) -> known == null ? new Counted<>() : known.retain());
    return new Handle<>(locks, key, counted);
  }

  /** The handle of one thread on the lock of a key. Not thread-safe. */
  static final class Handle<L> implements AutoCloseable {

    private final ConcurrentHashMap<String, Counted<L>> locks;
    private final String key;
    private final Counted<L> counted;
    private boolean held;

    private Handle(ConcurrentHashMap<String, Counted<L>> locks, String key, Counted<L> counted) {
      this.locks = locks;
      this.key = key;
      this.counted = counted;
    }

    /** Locks if that is possible without waiting. */
    boolean tryLock() {
      held = counted.lock.tryLock();
      return held;
    }

    /** Waits for the lock, at most that long. An interrupt ends the wait. */
    boolean tryLock(long nanos) throws InterruptedException {
      held = counted.lock.tryLock(nanos, TimeUnit.NANOSECONDS);
      return held;
    }

    /** Whether the lock is held through this handle. */
    boolean isHeld() {
      return held;
    }

    /** Whether other threads seem to wait for the lock; one of them may be about to give up. */
    boolean hasWaiters() {
      return counted.lock.hasQueuedThreads();
    }

    /** What the last holder has left; null if it has left nothing. Only while holding the lock. */
    @Nullable L left() {
      return counted.left;
    }

    /** Leaves something for the next holder, or nothing. Only while holding the lock. */
    void leave(@Nullable L next) {
      counted.left = next;
    }

    /** Releases the lock if it is held. */
    @Override
    public void close() {
      if (held) {
        counted.lock.unlock();
      }
      locks.computeIfPresent(key, (k, known) -> known.release() ? null : known);
    }
  }

  /** A lock and its number of handles, which only the atomic methods of the map access. */
  private static final class Counted<L> {

    final ReentrantLock lock = new ReentrantLock();
    private @Nullable L left;
    private int users = 1;

    Counted<L> retain() {
      users++;
      return this;
    }

    /** Whether the last handle is closed. */
    boolean release() {
      return --users == 0;
    }
  }
}
