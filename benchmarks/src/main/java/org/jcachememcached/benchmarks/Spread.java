package org.jcachememcached.benchmarks;

import java.util.Arrays;

/**
 * Where the middle half of some numbers lies. Immutable.
 *
 * @param low a quarter of the numbers is lower
 * @param median half of the numbers is lower
 * @param high a quarter of the numbers is higher
 */
record Spread(double low, double median, double high) {

  static Spread of(double... numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    return new Spread(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
  }

  private static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double place = share * (sorted.length - 1);
    double below = sorted[(int) Math.floor(place)];
    double above = sorted[(int) Math.ceil(place)];
    return below + (above - below) * (place - Math.floor(place));
  }
}
