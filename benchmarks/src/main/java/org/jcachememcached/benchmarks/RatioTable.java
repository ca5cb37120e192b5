package org.jcachememcached.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;

/** The ratios as a table in Markdown. Not thread-safe. */
final class RatioTable {

  private static final String HEAD =
      """
      | operation       | threads | throughput | middle half   | bytes/call | raw client's |
      |:----------------|--------:|-----------:|:--------------|-----------:|-------------:|
      """;

  private final List<String> rows = new ArrayList<>();

  void add(RunResult result) {
    if (Duel.isComparison(result.getParams())) {
      String method = result.getParams().getBenchmark();
      rows.add(
          row(
              method.substring(method.lastIndexOf('.') + 1),
              result.getParams().getThreads(),
              Ratio.of(result)));
    }
  }

  private static String row(String operation, int threads, Ratio ratio) {
    return String.format(
        Locale.ROOT,
        "| %-15s | %7d | %10.2f | %.2f ... %.2f | %,10.0f | %,12.0f |%n",
        operation,
        threads,
        ratio.throughput().median(),
        ratio.throughput().low(),
        ratio.throughput().high(),
        ratio.providerBytes(),
        ratio.rawBytes());
  }

  @Override
  public String toString() {
    return HEAD + String.join("", rows);
  }
}
