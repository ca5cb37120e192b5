package org.jcachememcached.internal.refresh;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The entries that this JVM refreshes, or has found to be refreshed by another one a moment ago: a
 * read of them begins nothing. Bounded; thread-safe.
 */
final class LocalRefreshes {

  /** How long this JVM leaves an entry alone that another one refreshes. */
  static final Duration PAUSE = Duration.ofMillis(100);

  private static final int MOST = 1_000;

  private final InstantSource clock;
  private final Map<String, Long> quietUntil = new ConcurrentHashMap<>();

  LocalRefreshes(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Begins a refresh.
   *
   * @return false if it is not to be begun now
   */
  boolean begin(String entry) {
    long now = clock.millis();
    Long until = quietUntil.get(entry);
    if (until == null) {
      return hasRoom(now) && quietUntil.putIfAbsent(entry, Long.MAX_VALUE) == null;
    }
    return until <= now && quietUntil.replace(entry, until, Long.MAX_VALUE);
  }

  private boolean hasRoom(long now) {
    if (quietUntil.size() >= MOST) {
      quietUntil.values().removeIf(until -> until <= now);
    }
    return quietUntil.size() < MOST;
  }

  /** The entry is refreshed; the next refresh may begin at any time. */
  void end(String entry) {
    quietUntil.remove(entry);
  }

  /** The entry is not refreshed by this JVM; the next refresh may begin after a pause. */
  void pause(String entry) {
    quietUntil.put(entry, clock.millis() + PAUSE.toMillis());
  }
}
