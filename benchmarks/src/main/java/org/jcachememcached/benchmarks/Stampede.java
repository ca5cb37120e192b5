package org.jcachememcached.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jcachememcached.testing.ChildJvm;

/**
 * A fleet of JVMs whose callers want one hot value that expires every second: how often it is
 * loaded, and how long callers wait. Immutable.
 */
final class Stampede {

  static final int JVMS = 4;

  private static final String TITLE =
      """
      | variant | loads/s | calls/s | p50 ms | p99 ms | longest ms |
      | --- | --- | --- | --- | --- | --- |
      """;

  private final String server;
  private final int seconds;

  /**
   * @param server host:port
   * @param seconds how long each variant is measured
   */
  Stampede(String server, int seconds) {
    this.server = server;
    this.seconds = seconds;
  }

  /** Starts the JVMs of each variant, one variant after the other. */
  List<StampedeResult> measure() {
    List<StampedeResult> results = new ArrayList<>();
    for (StampedeVariant variant : StampedeVariant.values()) {
      results.add(measure(variant));
    }
    return results;
  }

  private StampedeResult measure(StampedeVariant variant) {
    List<ChildJvm> fleet = new ArrayList<>();
    try {
      for (int i = 0; i < JVMS; i++) {
        fleet.add(
            ChildJvm.start(
                StampedeCallers.class, variant.name(), server, Integer.toString(seconds)));
      }
      fleet.forEach(ChildJvm::readLine);
      fleet.forEach(jvm -> jvm.send("go"));
      return StampedeResult.of(variant, seconds, fleet.stream().map(ChildJvm::readLine).toList());
    } finally {
      fleet.forEach(ChildJvm::close);
    }
  }

  /** The results as a table in Markdown. */
  static String table(List<StampedeResult> results) {
    return TITLE + results.stream().map(Stampede::row).collect(Collectors.joining());
  }

  private static String row(StampedeResult result) {
    return String.format(
        "| %s | %s | %s | %s | %s | %s |%n",
        result.variant().title(),
        Spread.text(result.loadsPerSecond()),
        Spread.text(result.callsPerSecond()),
        Spread.text(result.latencies().percentileMillis(50)),
        Spread.text(result.latencies().percentileMillis(99)),
        Spread.text(result.latencies().percentileMillis(100)));
  }

  /** The results as a picture in SVG. */
  static String picture(List<StampedeResult> results) {
    return new BarChart(
            List.of(
                panel("Loads per second", results, StampedeResult::loadsPerSecond),
                panel(
                    "99 % of the calls end within, ms",
                    results, result -> result.latencies().percentileMillis(99))))
        .toSvg();
  }

  private static BarChart.Panel panel(
      String title, List<StampedeResult> results, ToDoubleFunction<StampedeResult> figure) {
    return new BarChart.Panel(
        title,
        results.stream()
            .map(result -> new BarChart.Bar(result.variant().title(), figure.applyAsDouble(result)))
            .toList());
  }
}
