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
  private record Block(Comparison comparison, List<IterationResult> turns, int first) {

    IterationResult of(Side side) {
      int place = 0;
      while (comparison.at(first + place) != side) {
        place++;
      }
      return turns.get(place);
    }
  }

  private final List<List<Block>> forks = new ArrayList<>();

  Measurements(Comparison comparison, RunResult result) {
    int size = comparison.sides().size();
    int warmup = result.getParams().getWarmup().getCount();
    // A block begins where the first contender of a block has its turn.
    int skipped = Math.floorMod(-warmup, size);
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      List<IterationResult> turns = new ArrayList<>(fork.getIterationResults());
      List<Block> blocks = new ArrayList<>();
      for (int i = skipped; i + size <= turns.size(); i += size) {
        blocks.add(new Block(comparison, turns.subList(i, i + size), warmup + i));
      }
      forks.add(blocks);
    }
  }

  /** How many calls per second one contender makes for each of another one, block by block. */
  Spread ratio(Comparison.Ratio ratio) {
    return Spread.of(
        blocks().stream()
            .mapToDouble(block -> rate(block.of(ratio.one())) / rate(block.of(ratio.other())))
            .toArray());
  }

  /** The ratio of two neighbouring turns of one and the same contender: 1 if chance did nothing. */
  Spread sameAgain() {
    List<Double> ratios = new ArrayList<>();
    for (List<Block> fork : forks) {
      for (int i = 1; i < fork.size(); i++) {
        Block later = fork.get(i);
        Side side = later.comparison().at(later.first());
        ratios.add(rate(later.of(side)) / rate(fork.get(i - 1).of(side)));
      }
    }
    return Spread.of(ratios.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The median of a secondary result of one contender. */
  double secondary(Side side, String label) {
    return median(side, turn -> secondary(turn, label));
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

  private static double rate(IterationResult turn) {
    return secondary(turn, TurnCost.RATE);
  }

  private static double secondary(IterationResult turn, String label) {
    return Objects.requireNonNull(turn.getSecondaryResults().get(label), label).getScore();
  }
}
