package org.jcachememcached.internal.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ensures that the events of a key are enlisted in the order in which the store executed the
 * changes: from sending a change until its events are enlisted, no other thread of this JVM sends a
 * change of the same key that has events. Thread-safe.
 *
 * <p>Unlike {@link KeyLocks} this lock is never held while application code runs, only while the
 * store replies, which its timeout bounds. If waiting for it takes longer than {@value
 * #PATIENCE_SECONDS} s nevertheless, the change is made and a warning logged that its events may be
 * out of order.
 */
final class CommitOrder {

  private static final Logger LOG = LoggerFactory.getLogger(CommitOrder.class);

  private static final long PATIENCE_SECONDS = 60;

  private final RefCountedLocks<Void> locks = new RefCountedLocks<>();

  /**
   * Commits changes.
   *
   * @param keys the keys that have events
   * @param commit sends the changes and enlists their events
   */
  void inOrder(Collection<String> keys, Runnable commit) {
    if (keys.isEmpty()) {
      commit.run();
      return;
    }
    List<RefCountedLocks.Handle<Void>> locked = new ArrayList<>(keys.size());
    try {
      lockAll(keys, locked);
      commit.run();
    } finally {
      locked.forEach(RefCountedLocks.Handle::close);
    }
  }

  /** Locks in sorted order, to avoid deadlocks. */
  private void lockAll(Collection<String> keys, List<RefCountedLocks.Handle<Void>> locked) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    for (String key : new TreeSet<>(keys)) {
      RefCountedLocks.Handle<Void> handle = locks.forKey(key);
      locked.add(handle);
      if (!handle.tryLock() && !await(handle, end)) {
        LOG.warn("The order of events of '{}' is not certain: a change takes too long", key);
      }
    }
  }

  private static boolean await(RefCountedLocks.Handle<Void> handle, long end) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return handle.tryLock(end - System.nanoTime());
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
