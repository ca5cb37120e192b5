package org.jcachememcached.internal.store.memcached.invalidation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;

/**
 * What was replayed on a new connection and is to be removed once more a little later. Not
 * thread-safe.
 */
final class RepeatedInvalidations {

  private final long delayNanos;
  private final Queue<PendingInvalidations.Entry> keys = new ArrayDeque<>();
  private final Set<String> prefixes = new LinkedHashSet<>();
  private long dueAt;

  /**
   * @param delay how long after the replay it is due
   */
  RepeatedInvalidations(Duration delay) {
    this.delayNanos = delay.toNanos();
  }

  void add(PendingInvalidations.Entry entry) {
    keys.add(entry);
  }

  void addPrefixes(Collection<String> swept) {
    prefixes.addAll(swept);
  }

  /** The replay has ended. */
  void schedule() {
    dueAt = System.nanoTime() + delayNanos;
  }

  /** Adds what is due to the pending invalidations, as far as there is room. */
  void noteDue(PendingInvalidations.Part pending, long nanoTime) {
    if (nanoTime - dueAt >= 0) {
      notePrefixes(pending);
      while (!keys.isEmpty() && pending.hasRoom()) {
        pending.add(keys.remove());
      }
    }
  }

  /** Adds everything to the pending invalidations at once. */
  void noteAll(PendingInvalidations.Part pending) {
    notePrefixes(pending);
    keys.forEach(pending::add);
    keys.clear();
  }

  private void notePrefixes(PendingInvalidations.Part pending) {
    prefixes.forEach(pending::addPrefix);
    prefixes.clear();
  }
}
