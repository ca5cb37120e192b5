package org.jcachememcached.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * What the command line asks for.
 *
 * @param isQuick whether a rough answer will do
 * @param isOfTimes whether the times of calls are asked for, in place of ratios
 * @param threads with how many threads to measure, one run after the other
 * @param jmh everything else, which is JMH's: names of benchmarks, {@code -prof}, {@code -p}
 */
record Arguments(
    boolean isQuick, boolean isOfTimes, List<Integer> threads, CommandLineOptions jmh) {

  private static final String QUICK = "--quick";
  private static final String TIMES = "--times";
  private static final String THREADS = "--threads=";
  private static final List<Integer> DEFAULT_THREADS = List.of(1, 8, 64);

  /**
   * Understands {@code [--quick] [--times] [--threads=1,8,64] [options of JMH]}.
   *
   * @throws CommandLineOptionException if JMH does not know an option
   */
  static Arguments parse(String... args) throws CommandLineOptionException {
    boolean quick = false;
    boolean times = false;
    List<Integer> threads = DEFAULT_THREADS;
    List<String> others = new ArrayList<>();
    for (String argument : args) {
      if (argument.equals(QUICK)) {
        quick = true;
      } else if (argument.equals(TIMES)) {
        times = true;
      } else if (argument.startsWith(THREADS)) {
        threads = numbers(argument.substring(THREADS.length()));
      } else {
        others.add(argument);
      }
    }
    return new Arguments(
        quick, times, threads, new CommandLineOptions(others.toArray(String[]::new)));
  }

  private static List<Integer> numbers(String list) {
    try {
      return Stream.of(list.split(",")).map(Integer::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          THREADS + list + " is not a list of numbers such as 1,8,64", e);
    }
  }
}
