package org.jcachememcached.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;

/** The results as a table in Markdown: ratios, or the times of calls. Not thread-safe. */
final class ResultTable {

  private static final String RATIOS =
      """
      | operation       | threads | provider / socket   | raw / socket | provider / raw | same again    | CPU us/call        | bytes/call                  |
      |:----------------|--------:|:--------------------|-------------:|---------------:|:--------------|-------------------:|----------------------------:|
      """;

  private static final String TIMES =
      """
      | operation       | threads | provider p50, p99 us | raw p50, p99 us    | socket p50, p99 us |
      |:----------------|--------:|---------------------:|-------------------:|-------------------:|
      """;

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private final boolean ofTimes;
  private final List<String> rows = new ArrayList<>();

  /**
   * @param ofTimes whether it shows how long calls take, in place of ratios
   */
  ResultTable(boolean ofTimes) {
    this.ofTimes = ofTimes;
  }

  void add(RunResult result) {
    if (Duel.isComparison(result.getParams())) {
      String method = result.getParams().getBenchmark();
      Measurements measured = new Measurements(result);
      rows.add(
          format(
                  "| %-15s | %7d ",
                  method.substring(method.lastIndexOf('.') + 1), result.getParams().getThreads())
              + (ofTimes ? times(measured) : ratios(measured)));
    }
  }

  private static String ratios(Measurements measured) {
    Spread toSocket = measured.ratio(Side.PROVIDER, Side.SOCKET);
    Spread again = measured.sameAgain();
    return format("| %.2f (%.2f ... %.2f) ", toSocket.median(), toSocket.low(), toSocket.high())
        + format("| %12.2f ", measured.ratio(Side.RAW, Side.SOCKET).median())
        + format("| %14.2f ", measured.ratio(Side.PROVIDER, Side.RAW).median())
        + format("| %.2f ... %.2f ", again.low(), again.high())
        + eachSide("| %.1f, %.1f, %.1f ", measured, CpuTime.LABEL)
        + eachSide("| %,.0f, %,.0f, %,.0f |%n", measured, ALLOCATED);
  }

  private static String eachSide(String format, Measurements measured, String label) {
    return format(
        format,
        measured.secondary(Side.PROVIDER, label),
        measured.secondary(Side.RAW, label),
        measured.secondary(Side.SOCKET, label));
  }

  private static String times(Measurements measured) {
    StringBuilder times = new StringBuilder();
    for (Side side : Side.values()) {
      times.append(
          format("| %.0f, %.0f ", measured.percentile(side, 50), measured.percentile(side, 99)));
    }
    return times + format("|%n");
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  @Override
  public String toString() {
    return (ofTimes ? TIMES : RATIOS) + String.join("", rows);
  }
}
