package org.jcachememcached.benchmarks;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A table: who is compared with whom, at which jobs. */
public enum Comparison {
  /** The provider beside its client and a plain socket. */
  CLIENTS(".*", "PROVIDER/SOCKET PROVIDER/RAW RAW/SOCKET"),
  /** The provider beside itself with other settings. */
  OPTIONS("getHit|put", "STATISTICS/PROVIDER GENERATION/PROVIDER"),
  /** Reads with a near cache, which has what was read before, beside those without. */
  NEAR("getHit|getAll100", "NEAR/PROVIDER"),
  /** Calls in memory that are timed or traced, beside those that are not. */
  OBSERVED("getHit|put", "TIMED/LOCAL TRACED/LOCAL"),
  /** The provider beside other JCache providers. */
  OTHERS("(get|put|invoke).*", "PROVIDER/REDISSON CAFFEINE/PROVIDER");

  /** How many calls per second the first one makes for each of the second one. */
  record Ratio(Side one, Side other) {

    static Ratio parse(String text) {
      int slash = text.indexOf('/');
      return new Ratio(
          Side.valueOf(text.substring(0, slash)), Side.valueOf(text.substring(slash + 1)));
    }

    @Override
    public String toString() {
      return one + " / " + other;
    }
  }

  private final String jobs;
  private final String ratios;

  Comparison(String jobs, String ratios) {
    this.jobs = jobs;
    this.ratios = ratios;
  }

  /** A regular expression for the benchmarks. */
  String jobs() {
    return Pattern.quote(CacheBenchmark.class.getName()) + "\\.(" + jobs + ")$";
  }

  List<Ratio> ratios() {
    return Stream.of(ratios.split(" ")).map(Ratio::parse).toList();
  }

  /** Who takes part. */
  List<Side> sides() {
    return ratios().stream()
        .flatMap(ratio -> Stream.of(ratio.one(), ratio.other()))
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Whose turn it is: A, B, C, C, B, A and so on, so that a steady drift favours no contender, and
   * the last of one block and the first of the next are the same contender twice.
   */
  Side at(int turn) {
    List<Side> sides = sides();
    int place = turn % sides.size();
    boolean forwards = turn / sides.size() % 2 == 0;
    return sides.get(forwards ? place : sides.size() - 1 - place);
  }
}
