package org.jcachememcached.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/** The measured turns of one benchmark, in blocks in which each contender has one. Immutable. */
final class Measurements {

  /** One turn of each contender, next to each other in time. */
  private record Block(List<IterationResult> turns, int first) {

    IterationResult of(Side side) {
      for (int i = 0; i < turns.size(); i++) {
        if (Side.at(first + i) == side) {
          return turns.get(i);
        }
      }
      throw new IllegalStateException(side + " has no turn");
    }
  }

  private final List<List<Block>> forks = new ArrayList<>();

  Measurements(RunResult result) {
    int warmup = result.getParams().getWarmup().getCount();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      List<IterationResult> turns = new ArrayList<>(fork.getIterationResults());
      List<Block> blocks = new ArrayList<>();
      // A block begins where the first contender of a block has its turn.
      int skipped = Math.floorMod(-warmup, Side.count());
      for (int i = skipped; i + Side.count() <= turns.size(); i += Side.count()) {
        blocks.add(new Block(turns.subList(i, i + Side.count()), warmup + i));
      }
      forks.add(blocks);
    }
  }

  /** How many calls per second one contender makes for each of another one, block by block. */
  Spread ratio(Side one, Side other) {
    return Spread.of(
        blocks().stream()
            .mapToDouble(block -> throughput(block.of(one)) / throughput(block.of(other)))
            .toArray());
  }

  /** The ratio of two neighbouring turns of one and the same contender: 1 if chance did nothing. */
  Spread sameAgain() {
    List<Double> ratios = new ArrayList<>();
    for (List<Block> fork : forks) {
      for (int i = 1; i < fork.size(); i++) {
        Side side = Side.at(fork.get(i).first());
        ratios.add(throughput(fork.get(i).of(side)) / throughput(fork.get(i - 1).of(side)));
      }
    }
    return Spread.of(ratios.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The median of a secondary result of one contender. */
  double secondary(Side side, String label) {
    return median(
        side, turn -> Objects.requireNonNull(turn.getSecondaryResults().get(label)).getScore());
  }

  /** The median over the turns of one contender of a percentile of the time of a call. */
  double percentile(Side side, double percent) {
    return median(side, turn -> turn.getPrimaryResult().getStatistics().getPercentile(percent));
  }

  private double median(Side side, ToDoubleFunction<IterationResult> figure) {
    return Spread.of(blocks().stream().map(block -> block.of(side)).mapToDouble(figure).toArray())
        .median();
  }

  private List<Block> blocks() {
    return forks.stream().flatMap(List::stream).toList();
  }

  private static double throughput(IterationResult turn) {
    return turn.getPrimaryResult().getScore();
  }
}
