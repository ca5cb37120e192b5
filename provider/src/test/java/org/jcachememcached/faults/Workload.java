package org.jcachememcached.faults;

/**
 * What the load consists of. Immutable.
 *
 * @param keys how many keys are written and read
 * @param longestValue how many characters a value is padded with at most
 * @param oversize with how many characters now and then a value is padded that no server takes; 0
 *     for never
 */
record Workload(int keys, int longestValue, int oversize) {

  static final Workload SMALL_VALUES = new Workload(128, 100, 0);

  /** More than a server can hold that has one megabyte for each size of items. */
  static final Workload MORE_THAN_FITS = new Workload(1200, 16_000, 0);

  /** Long enough that a connection breaks within a value. */
  static final Workload LONG_VALUES = new Workload(128, 20_000, 0);

  static final Workload SOME_TOO_LARGE = new Workload(128, 100, 1_200_000);
}
