package org.jcachememcached.benchmarks;

import java.util.Arrays;
import java.util.stream.LongStream;

/** How long calls took, in microseconds. Immutable. */
final class Latencies {

  private final long[] sorted;

  private Latencies(long[] sorted) {
    this.sorted = sorted;
  }

  static Latencies of(LongStream micros) {
    return new Latencies(micros.sorted().toArray());
  }

  /** These and those of others. */
  Latencies and(Latencies others) {
    return of(LongStream.concat(Arrays.stream(sorted), Arrays.stream(others.sorted)));
  }

  int count() {
    return sorted.length;
  }

  /**
   * The time in which so many of the calls were done, the last one of them included.
   *
   * @param percent above 0, at most 100
   * @return in milliseconds; not a number if there were no calls
   */
  double percentileMillis(double percent) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int calls = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.max(calls, 1) - 1] / 1_000.0;
  }
}
