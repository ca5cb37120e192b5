package org.jcachememcached.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jcachememcached.testing.MemcachedServer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks on servers of its own and prints how the contenders compare. For one thread.
 */
public final class Bench {

  /** With several callers it would measure how they wait: a server is scanned once at a time. */
  private static final String ALONE_ONLY = "\\.iterate$";

  private static final String[] SERVER_OPTIONS = {"-t", "2", "-m", "1024"};
  private static final Path PICTURE = Path.of("..", "docs", "stampedes.svg");
  private static final Path RESULTS = Path.of("target", "results.md");

  private final Arguments arguments;
  private final Servers servers;

  private Bench(Arguments arguments, Servers servers) {
    this.arguments = arguments;
    this.servers = servers;
  }

  /** Takes the arguments of {@link Arguments}. */
  public static void main(String... args)
      throws IOException, RunnerException, CommandLineOptionException {
    String tables = String.join("\n", run(Arguments.parse(args)));
    Files.createDirectories(RESULTS.getParent());
    Files.writeString(RESULTS, tables);
    System.out.printf("%n%s%nThis is also in benchmarks/%s.%n", tables, RESULTS);
  }

  /** Starts the servers and makes the tables that are asked for. */
  static List<String> run(Arguments arguments) throws RunnerException, IOException {
    try (MemcachedServer memcached = MemcachedServer.start(SERVER_OPTIONS);
        @Nullable RedisServer redis =
            arguments.comparisons().contains(Comparison.OTHERS) ? RedisServer.start() : null) {
      // Also when the run is interrupted by Ctrl-C.
      Runtime.getRuntime().addShutdownHook(new Thread(memcached::close));
      if (redis != null) {
        Runtime.getRuntime().addShutdownHook(new Thread(redis::close));
      }
      Servers servers = new Servers(memcached.address(), redis == null ? "" : redis.address());
      return new Bench(arguments, servers).tables();
    }
  }

  private List<String> tables() throws RunnerException, IOException {
    List<String> tables = new ArrayList<>();
    for (Comparison comparison : arguments.comparisons()) {
      tables.add(table(comparison));
    }
    if (arguments.isOfStart()) {
      tables.add(new StartTable(servers.memcached()).measure(arguments.isQuick() ? 5 : 21));
    }
    if (arguments.stampedeSeconds() > 0) {
      List<StampedeResult> results =
          new Stampede(servers.memcached(), arguments.stampedeSeconds()).measure();
      tables.add(Stampede.table(results));
      Files.writeString(PICTURE, Stampede.picture(results));
    }
    return tables;
  }

  private String table(Comparison comparison) throws RunnerException {
    ResultTable table = new ResultTable(comparison);
    for (int callers : arguments.callers()) {
      try {
        new Runner(options(comparison, callers).build()).run().forEach(table::add);
      } catch (NoBenchmarksException e) {
        System.err.println("Nothing that was asked for runs with " + callers + " callers");
      }
    }
    return table.toString();
  }

  private ChainedOptionsBuilder options(Comparison comparison, int callers) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .parent(arguments.jmh())
            .threads(callers)
            .addProfiler(GCProfiler.class)
            .addProfiler(TurnCost.class)
            .param("comparison", comparison.name())
            .param("memcached", servers.memcached())
            .param("redis", servers.redis());
    if (arguments.jmh().getIncludes().isEmpty()) {
      options.include(comparison.jobs());
    }
    if (callers > 1) {
      options.exclude(ALONE_ONLY);
    }
    if (arguments.isQuick()) {
      options.forks(1).measurementIterations(24);
    }
    return options;
  }
}
