package org.jcachememcached.internal.config;

import java.time.Duration;

/**
 * When the entries of a cache expire. Immutable.
 *
 * @param kind what the time is counted from
 * @param duration how long an entry lives from then on; zero for {@link Kind#ETERNAL} and {@link
 *     Kind#CLASS}
 * @param className the full name of the class that decides; empty except for {@link Kind#CLASS}
 */
public record ExpiryRule(Kind kind, Duration duration, String className) {

  /** What the time of an entry is counted from. */
  public enum Kind {
    /** Entries do not expire. */
    ETERNAL,
    /** From when the entry was created. */
    CREATED,
    /** From when the entry was created or last read. */
    ACCESSED,
    /** From when the entry was created or last updated. */
    MODIFIED,
    /** From when the entry was created, last read or last updated. */
    TOUCHED,
    /** A class decides. */
    CLASS
  }
}
