package org.jcachememcached.benchmarks;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * What the command line asks for.
 *
 * @param isQuick whether a rough answer will do
 * @param comparisons the tables to make
 * @param isOfStart whether the first call after the start of a JVM is measured
 * @param stampedeSeconds how long each variant of the stampede is measured; 0 if it is not
 * @param callers with how many threads to measure, one run after the other
 * @param jmh everything else, which is JMH's: names of benchmarks, {@code -prof}, {@code -p}
 */
record Arguments(
    boolean isQuick,
    Set<Comparison> comparisons,
    boolean isOfStart,
    int stampedeSeconds,
    List<Integer> callers,
    CommandLineOptions jmh) {

  private static final String QUICK = "--quick";
  private static final String START = "--start";
  private static final String STAMPEDE = "--stampede";
  private static final int STAMPEDE_SECONDS = 10;
  private static final int QUICK_STAMPEDE_SECONDS = 3;
  private static final String CALLERS = "--callers=";
  private static final List<Integer> DEFAULT_CALLERS = List.of(1, 8, 64);

  /**
   * Understands {@code [--quick] [--clients] [--options] [--near] [--observed] [--start] [--others]
   * [--stampede] [--callers=1,8,64] [options of JMH]}.
   *
   * @throws CommandLineOptionException if JMH does not know an option
   */
  static Arguments parse(String... args) throws CommandLineOptionException {
    List<String> others = new ArrayList<>(List.of(args));
    boolean quick = others.remove(QUICK);
    boolean start = others.remove(START);
    boolean stampede = others.remove(STAMPEDE);
    Set<Comparison> comparisons = EnumSet.noneOf(Comparison.class);
    for (Comparison comparison : Comparison.values()) {
      if (others.remove("--" + comparison.name().toLowerCase(Locale.ROOT))) {
        comparisons.add(comparison);
      }
    }
    if (comparisons.isEmpty() && !start && !stampede) {
      comparisons = EnumSet.of(Comparison.CLIENTS, Comparison.OPTIONS);
      start = true;
    }
    List<Integer> callers = DEFAULT_CALLERS;
    for (String argument : args) {
      if (argument.startsWith(CALLERS)) {
        callers = numbers(argument.substring(CALLERS.length()));
        others.remove(argument);
      }
    }
    return new Arguments(
        quick,
        comparisons,
        start,
        stampede ? (quick ? QUICK_STAMPEDE_SECONDS : STAMPEDE_SECONDS) : 0,
        callers,
        new CommandLineOptions(others.toArray(String[]::new)));
  }

  private static List<Integer> numbers(String list) {
    try {
      return Stream.of(list.split(",")).map(Integer::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          CALLERS + list + " is not a list of numbers such as 1,8,64", e);
    }
  }
}
