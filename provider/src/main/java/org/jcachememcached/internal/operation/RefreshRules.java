package org.jcachememcached.internal.operation;

import org.jcachememcached.internal.engine.Snapshot;

/**
 * When a call that could load the entry takes what it finds instead, and has it loaded anew in the
 * background: shortly before its deadline, and for some time after it. Immutable.
 *
 * @param aheadMillis how long before the deadline an entry is refreshed; 0 for never
 * @param staleForMillis how long after the deadline the last value is served; 0 for never
 */
public record RefreshRules(long aheadMillis, long staleForMillis) {

  /** Values are served until their deadline, and loaded afterwards. */
  public static final RefreshRules NONE = new RefreshRules(0, 0);

  /** Whether nothing is ever refreshed, nor served after its deadline. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** Whether there is no live entry, but one whose last value is served. */
  boolean isServedStale(Snapshot<?> entry) {
    return staleForMillis > 0 && entry.isExpiredFor(staleForMillis);
  }

  /** Whether the entry is to be loaded anew. */
  boolean isDue(Snapshot<?> entry) {
    return entry.isReadable()
        ? aheadMillis > 0 && entry.expiresWithin(aheadMillis)
        : isServedStale(entry);
  }
}
