package org.jcachememcached.store.memcached;

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
final class SecondPass {

  private final long delayNanos;
  private final Queue<Journal.Entry> keys = new ArrayDeque<>();
  private final Set<String> prefixes = new LinkedHashSet<>();
  private long dueAt;

  /**
   * @param delay how long after the replay it is due
   */
  SecondPass(Duration delay) {
    this.delayNanos = delay.toNanos();
  }

  void add(Journal.Entry entry) {
    keys.add(entry);
  }

  void addPrefixes(Collection<String> swept) {
    prefixes.addAll(swept);
  }

  /** The replay is through. */
  void schedule() {
    dueAt = System.nanoTime() + delayNanos;
  }

  /** Notes in the journal what is due, as far as there is room. */
  void noteDue(Journal.Part journal, long nanoTime) {
    if (nanoTime - dueAt >= 0) {
      notePrefixes(journal);
      while (!keys.isEmpty() && journal.hasRoom()) {
        journal.add(keys.remove());
      }
    }
  }

  /** Notes everything in the journal at once. */
  void noteAll(Journal.Part journal) {
    notePrefixes(journal);
    keys.forEach(journal::add);
    keys.clear();
  }

  private void notePrefixes(Journal.Part journal) {
    prefixes.forEach(journal::addPrefix);
    prefixes.clear();
  }
}
