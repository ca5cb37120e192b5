package org.jcachememcached.internal.config;

import java.time.Duration;

/**
 * When the entries of a cache expire. Immutable.
 *
 * @param kind what the time runs from
 * @param duration how long an entry lives from then on; zero for {@link Kind#ETERNAL} and {@link
 *     Kind#CLASS}
 * @param className the full name of the class that decides; empty unless for {@link Kind#CLASS}
 */
public record ExpiryRule(Kind kind, Duration duration, String className) {

  /** What the time of an entry runs from. */
  public enum Kind {
    /** Entries do not expire. */
    ETERNAL,
    /** From when the entry was created. */
    CREATED,
    /** From when the entry was created or last read. */
    ACCESSED,
    /** From when the entry was created or last given a value. */
    MODIFIED,
    /** From when the entry was created, last read or last given a value. */
    TOUCHED,
    /** A class decides. */
    CLASS
  }
}
