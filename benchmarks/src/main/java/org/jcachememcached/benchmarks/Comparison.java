package org.jcachememcached.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jcachememcached.testing.MemcachedServer;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks on a memcached of its own and prints how the contenders compare. For one
 * thread.
 */
public final class Comparison {

  /** With several threads it would measure how they wait: a server is scanned once at a time. */
  private static final String ALONE_ONLY = "iterate100k";

  private static final String[] SERVER_OPTIONS = {"-t", "2", "-m", "1024"};
  private static final Path RESULTS = Path.of("target", "results.md");

  private final Arguments arguments;
  private final String server;

  private Comparison(Arguments arguments, String server) {
    this.arguments = arguments;
    this.server = server;
  }

  /** Takes the arguments of {@link Arguments}. */
  public static void main(String... args)
      throws IOException, RunnerException, CommandLineOptionException {
    Arguments arguments = Arguments.parse(args);
    ResultTable table = new ResultTable(arguments.isOfTimes());
    run(arguments).forEach(table::add);
    Files.createDirectories(RESULTS.getParent());
    Files.writeString(RESULTS, table.toString());
    System.out.printf("%n%s%nThe table is in benchmarks/%s.%n", table, RESULTS);
  }

  /** Starts a server, fills it, and measures what is asked for. */
  static List<RunResult> run(Arguments arguments) throws RunnerException {
    try (MemcachedServer server = MemcachedServer.start(SERVER_OPTIONS)) {
      // Also when the run is interrupted by Ctrl-C.
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      fill(server.address());
      return new Comparison(arguments, server.address()).measure();
    }
  }

  private static void fill(String server) {
    DataSet data = new DataSet();
    for (Side side : Side.values()) {
      try (Contender contender = side.open(server)) {
        data.fill(contender);
      }
    }
  }

  private List<RunResult> measure() throws RunnerException {
    List<RunResult> results = new ArrayList<>();
    for (int threads : arguments.threads()) {
      try {
        results.addAll(new Runner(options(threads).build()).run());
      } catch (NoBenchmarksException e) {
        System.err.println("Nothing that was asked for runs with " + threads + " threads");
      }
    }
    return results;
  }

  private ChainedOptionsBuilder options(int threads) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .parent(arguments.jmh())
            .threads(threads)
            .addProfiler(GCProfiler.class)
            .addProfiler(CpuTime.class)
            .param("server", server);
    if (arguments.jmh().getIncludes().isEmpty()) {
      options.include(CacheBenchmark.class.getName());
    }
    if (threads > 1) {
      options.exclude(ALONE_ONLY);
    }
    if (arguments.isOfTimes()) {
      options.mode(Mode.SampleTime).timeUnit(TimeUnit.MICROSECONDS);
    }
    if (arguments.isQuick()) {
      options
          .forks(1)
          .warmupIterations(6)
          .measurementIterations(12)
          .measurementTime(TimeValue.milliseconds(300));
    }
    return options;
  }
}
