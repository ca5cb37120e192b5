package org.jcachememcached.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/**
 * The median of some numbers, and how far it can be trusted. Immutable.
 *
 * @param low the lower end of the median's 95 % confidence interval
 * @param high its upper end
 */
record Spread(double low, double median, double high) {

  /** The interval reaches from one of the numbers to another: the median needs no distribution. */
  static Spread of(double... numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int count = sorted.length;
    if (count == 0) {
      return new Spread(Double.NaN, Double.NaN, Double.NaN);
    }
    int below = Math.max(0, (int) Math.floor((count - 1.96 * Math.sqrt(count)) / 2));
    double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    return new Spread(sorted[below], median, sorted[count - 1 - below]);
  }

  @Override
  public String toString() {
    return text(median) + " (" + text(low) + " ... " + text(high) + ")";
  }

  /** A number with three digits, or all that it has before the point. */
  static String text(double number) {
    return String.format(
        Locale.ROOT, number < 10 ? "%.2f" : number < 100 ? "%.1f" : "%,.0f", number);
  }
}
