package org.jcachememcached.benchmarks;

import java.util.List;
import java.util.stream.LongStream;

/**
 * What the callers of one variant met with. Immutable.
 *
 * @param loads how many began while it was measured
 */
record StampedeResult(StampedeVariant variant, int seconds, long loads, Latencies latencies) {

  /** Adds up what the JVMs have said, each in a line: its loads, and the times of its calls. */
  static StampedeResult of(StampedeVariant variant, int seconds, List<String> lines) {
    long loads = 0;
    Latencies all = Latencies.of(LongStream.empty());
    for (String line : lines) {
      List<String> words = List.of(line.split(" "));
      loads += Long.parseLong(words.get(0));
      all = all.and(Latencies.of(words.stream().skip(1).mapToLong(Long::parseLong)));
    }
    return new StampedeResult(variant, seconds, loads, all);
  }

  double loadsPerSecond() {
    return (double) loads / seconds;
  }

  double callsPerSecond() {
    return (double) latencies.count() / seconds;
  }
}
