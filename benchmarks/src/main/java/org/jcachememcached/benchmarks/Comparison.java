package org.jcachememcached.benchmarks;

import java.util.List;
import java.util.stream.Stream;

/** A table: who is compared with whom, at which jobs. */
public enum Comparison {
  /** The provider beside its client and a plain socket. */
  CLIENTS(".*", "provider/socket", "provider/raw", "raw/socket"),
  /** The provider beside itself with other settings. */
  OPTIONS("getHit|put", "statistics/provider", "generation/provider"),
  /** The provider beside other JCache providers. */
  OTHERS("(get|put|invoke).*", "provider/redisson", "caffeine/provider");

  /** How many calls per second the first one makes for each of the second one. */
  record Ratio(Side one, Side other) {

    static Ratio parse(String text) {
      int slash = text.indexOf('/');
      return new Ratio(side(text.substring(0, slash)), side(text.substring(slash + 1)));
    }

    private static Side side(String name) {
      return Stream.of(Side.values())
          .filter(side -> side.toString().equals(name))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public String toString() {
      return one + " / " + other;
    }
  }

  private final String jobs;
  private final List<Ratio> ratios;
  private final List<Side> sides;

  Comparison(String jobs, String... ratios) {
    this.jobs = CacheBenchmark.class.getName() + "\\.(" + jobs + ")$";
    this.ratios = Stream.of(ratios).map(Ratio::parse).toList();
    this.sides =
        this.ratios.stream()
            .flatMap(ratio -> Stream.of(ratio.one(), ratio.other()))
            .distinct()
            .sorted()
            .toList();
  }

  /** A regular expression for the benchmarks. */
  String jobs() {
    return jobs;
  }

  List<Ratio> ratios() {
    return ratios;
  }

  /** Who takes part. */
  List<Side> sides() {
    return sides;
  }

  /**
   * Whose turn it is: A, B, C, C, B, A and so on, so that a steady drift favours no contender, and
   * the last of one block and the first of the next are the same contender twice.
   */
  Side at(int turn) {
    int place = turn % sides.size();
    boolean forwards = turn / sides.size() % 2 == 0;
    return sides.get(forwards ? place : sides.size() - 1 - place);
  }
}
