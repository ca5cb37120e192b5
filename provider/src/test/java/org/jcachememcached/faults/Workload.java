package org.jcachememcached.faults;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the load consists of. Immutable.
 *
 * @param keys how many keys are written and read
 * @param longestValue how many characters a value is padded with at most
 * @param oversize with how many characters now and then a value is padded that no server takes; 0
 *     for never
 * @param loads whether values that are missing are loaded
 * @param clears whether the cache is cleared now and then
 */
record Workload(int keys, int longestValue, int oversize, boolean loads, boolean clears) {

  static final Workload SMALL_VALUES = new Workload(128, 100, 0, false, false);

  /** More than a server can hold that has one megabyte for each size of items. */
  static final Workload MORE_THAN_FITS = new Workload(1200, 16_000, 0, false, false);

  /** Long enough that a connection breaks within a value. */
  static final Workload LONG_VALUES = new Workload(128, 20_000, 0, false, false);

  static final Workload SOME_TOO_LARGE = new Workload(128, 100, 1_200_000, false, false);

  /** So few keys that most loads meet an update. */
  static final Workload LOADED_VALUES = new Workload(32, 100, 0, true, true);

  /** A clearing would end the leases of another JVM. */
  static final Workload LOADED_ELSEWHERE = new Workload(32, 100, 0, true, false);

  /** How long a lease lasts that is not renewed. */
  static final Duration LEASE = Duration.ofSeconds(1);

  /** How long a call waits for the load of another one. */
  static final Duration LONGEST_WAIT = LEASE.multipliedBy(2);

  /** Keys of its own for each load. */
  List<OwnedKey> newKeys() {
    return IntStream.range(0, keys).mapToObj(i -> new OwnedKey("key-" + i)).toList();
  }

  /** How long a call may take longer than one that loads nothing. */
  Duration longestLoad() {
    return loads ? LONGEST_WAIT : Duration.ZERO;
  }
}
