package org.jcachememcached.internal.config;

import java.util.concurrent.TimeUnit;

/** Where the deadline of an entry is kept that every access moves. */
public enum AccessExpiry {

  /** At the server for durations of a minute or more, otherwise as {@link #EXACT}. */
  AUTO(TimeUnit.MINUTES.toMillis(1)),

  /** At the server, which drops the entry up to two seconds late: a read moves the deadline. */
  SERVER(1),

  /** With the value, to the millisecond: an access stores the value again. */
  EXACT(Long.MAX_VALUE);

  /** Longer ones may be beyond the last date that servers know, in 2038. */
  private static final long LONGEST_MILLIS = TimeUnit.DAYS.toMillis(365);

  private final long shortestMillis;

  AccessExpiry(long shortestMillis) {
    this.shortestMillis = shortestMillis;
  }

  /** Whether the server keeps the deadline of entries that live that long after an access. */
  public boolean isLeftToServer(long millis) {
    return shortestMillis <= millis && millis <= LONGEST_MILLIS;
  }
}
