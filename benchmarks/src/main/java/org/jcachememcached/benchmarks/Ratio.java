package org.jcachememcached.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jcachememcached.benchmarks.Duel.Side;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/**
 * How the provider compares to the raw client in one benchmark. Immutable.
 *
 * @param throughput the provider's calls per second divided by the raw client's
 * @param providerBytes what a call of the provider allocates, in all threads of the JVM
 * @param rawBytes what a call of the raw client allocates, in all threads of the JVM
 */
record Ratio(Spread throughput, double providerBytes, double rawBytes) {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  static Ratio of(RunResult result) {
    List<IterationResult> provider = turns(result, Side.PROVIDER);
    List<IterationResult> raw = turns(result, Side.RAW);
    double[] ratios =
        IntStream.range(0, Math.min(provider.size(), raw.size()))
            .mapToDouble(i -> throughput(provider.get(i)) / throughput(raw.get(i)))
            .toArray();
    return new Ratio(Spread.of(ratios), bytes(provider), bytes(raw));
  }

  private static List<IterationResult> turns(RunResult result, Side side) {
    List<IterationResult> turns = new ArrayList<>();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      int turn = result.getParams().getWarmup().getCount();
      for (IterationResult iteration : fork.getIterationResults()) {
        if (Duel.sideAt(turn++) == side) {
          turns.add(iteration);
        }
      }
    }
    return turns;
  }

  private static double throughput(IterationResult turn) {
    return turn.getPrimaryResult().getScore();
  }

  private static double bytes(List<IterationResult> turns) {
    return Spread.of(turns.stream().mapToDouble(Ratio::bytes).toArray()).median();
  }

  private static double bytes(IterationResult turn) {
    return Objects.requireNonNull(turn.getSecondaryResults().get(ALLOCATED)).getScore();
  }

  /**
   * Where the middle half of some numbers lies.
   *
   * @param low a quarter of the numbers is lower
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
}
