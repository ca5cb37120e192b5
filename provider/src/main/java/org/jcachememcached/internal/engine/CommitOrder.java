package org.jcachememcached.internal.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the order in which events of a key are enlisted the order in which the store took the
 * changes: from the moment a change is sent until its events are enlisted, no other thread of this
 * JVM sends a change of the same key that listeners are to be told of. Thread-safe.
 *
 * <p>Unlike a {@linkplain KeyLocks turn} this comprises no foreign code, only what the store
 * answers within its timeout. So the wait has an end; should it take longer than {@value
 * #PATIENCE_SECONDS} s nevertheless, the change is made, and the log says that its events may be
 * out of order.
 */
final class CommitOrder {

  private static final Logger LOG = LoggerFactory.getLogger(CommitOrder.class);

  private static final long PATIENCE_SECONDS = 60;

  private final RefCountedLocks locks = new RefCountedLocks();

  /**
   * Commits changes.
   *
   * @param keys those with events
   * @param commit sends the changes and enlists the events
   */
  void inOrder(Collection<String> keys, Runnable commit) {
    if (keys.isEmpty()) {
      commit.run();
      return;
    }
    List<RefCountedLocks.Interest> locked = new ArrayList<>(keys.size());
    try {
      lockAll(keys, locked);
      commit.run();
    } finally {
      locked.forEach(RefCountedLocks.Interest::close);
    }
  }

  /** Sorted, so that no two wait for each other. */
  private void lockAll(Collection<String> keys, List<RefCountedLocks.Interest> locked) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    for (String key : new TreeSet<>(keys)) {
      RefCountedLocks.Interest interest = locks.in(key);
      locked.add(interest);
      if (!interest.tryLock() && !await(interest, end)) {
        LOG.warn("The order of events of '{}' is not certain: a change takes too long", key);
      }
    }
  }

  private static boolean await(RefCountedLocks.Interest interest, long end) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return interest.tryLock(end - System.nanoTime());
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
