package org.jcachememcached.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.Caching;
import net.spy.memcached.MemcachedClient;
import org.jcachememcached.MemcachedCachingProvider;
import org.slf4j.LoggerFactory;

/**
 * How long the first get takes after the start of a JVM that has nothing optional on its class
 * path, as a table in Markdown. Immutable.
 */
final class StartTable {

  /** What the provider cannot do without. */
  private static final String CLASS_PATH =
      Stream.of(
              FirstGet.class,
              MemcachedCachingProvider.class,
              MemcachedClient.class,
              Caching.class,
              LoggerFactory.class)
          .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
          .collect(Collectors.joining(File.pathSeparator));

  private static final String TITLE =
      """
      | first get, ms | since main began | since the JVM started |
      | --- | --- | --- |
      """;

  private final String server;

  /**
   * @param server host:port
   */
  StartTable(String server) {
    this.server = server;
  }

  /** Starts so many JVMs for each contender, in turn. */
  String measure(int starts) throws IOException {
    Map<FirstGet, List<double[]>> times = new EnumMap<>(FirstGet.class);
    for (FirstGet contender : FirstGet.values()) {
      contender.put(server, "a value");
      times.put(contender, new ArrayList<>());
    }
    for (int start = 0; start < starts; start++) {
      for (Map.Entry<FirstGet, List<double[]>> each : times.entrySet()) {
        each.getValue().add(start(each.getKey()));
      }
    }
    StringBuilder table = new StringBuilder(TITLE);
    times.forEach(
        (contender, of) ->
            table.append(
                String.format(
                    "| %s | %s | %s |%n",
                    contender.name().toLowerCase(Locale.ROOT), spread(of, 0), spread(of, 1))));
    return table.toString();
  }

  private static String spread(List<double[]> times, int column) {
    return Spread.of(times.stream().mapToDouble(both -> both[column]).toArray()).toString();
  }

  private double[] start(FirstGet contender) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java, "-cp", CLASS_PATH, FirstGet.class.getName(), contender.name(), server)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return Stream.of(printed.trim().split(" ")).mapToDouble(Double::parseDouble).toArray();
    } catch (NumberFormatException e) {
      throw new IOException("The program of " + contender + " failed", e);
    }
  }
}
