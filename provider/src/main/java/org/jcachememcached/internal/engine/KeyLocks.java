package org.jcachememcached.internal.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import org.jcachememcached.internal.event.NoWaitScope;
import org.jspecify.annotations.Nullable;

/**
 * Serializes the threads of this JVM that change the same key, so that they waste no round trips on
 * each other. Only an optimization: after a bounded wait a thread proceeds without the lock, and
 * the compare-and-set decides. Reentrant, because an entry processor may use the cache; a thread
 * that holds a lock does not wait for that of another key. Thread-safe.
 *
 * <p>A holder may leave a {@link Group} to the next one, which the next one joins or stores.
 */
final class KeyLocks<K, V> {

  /** Large enough that a busy key seldom makes the reader of another one read twice. */
  private static final int SLOTS = 1_024;

  private final RefCountedLocks<Group<K, V>> locks = new RefCountedLocks<>();
  private final AtomicIntegerArray releases = new AtomicIntegerArray(SLOTS);
  private final long waitNanos;

  KeyLocks(Duration wait) {
    this.waitNanos = wait.toNanos();
  }

  /**
   * A number that changes when a lock of that key is released, and occasionally for other keys:
   * while it stays the same, no other thread of this JVM has changed the entry under the lock.
   */
  int releases(String key) {
    return releases.get(slot(key));
  }

  /**
   * Runs the work while holding the lock, or without it after the longest wait.
   *
   * @param work gets the lock; null if the thread does not hold it, or must not wait for others
   */
  void whileLocked(String key, Consumer<RefCountedLocks.@Nullable Handle<Group<K, V>>> work) {
    boolean mayWait = !NoWaitScope.isActive();
    NoWaitScope.run(() -> whileLocked(key, mayWait, work));
  }

  private void whileLocked(
      String key, boolean mayWait, Consumer<RefCountedLocks.@Nullable Handle<Group<K, V>>> work) {
    try (RefCountedLocks.Handle<Group<K, V>> lock = locks.forKey(key)) {
      if (!lock.tryLock() && mayWait) {
        await(lock);
      }
      try {
        work.accept(mayWait && lock.isHeld() ? lock : null);
      } finally {
        releases.incrementAndGet(slot(key));
      }
    }
  }

  private int slot(String key) {
    return Math.floorMod(key.hashCode(), releases.length());
  }

  private void await(RefCountedLocks.Handle<?> lock) {
    try {
      lock.tryLock(waitNanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
