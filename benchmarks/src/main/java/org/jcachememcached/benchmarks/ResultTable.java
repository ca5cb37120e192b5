package org.jcachememcached.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;

/** The results of a comparison as a table in Markdown. Not thread-safe. */
final class ResultTable {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private final Comparison comparison;
  private final List<String> rows = new ArrayList<>();

  ResultTable(Comparison comparison) {
    this.comparison = comparison;
    List<String> titles = new ArrayList<>(List.of("job", "callers"));
    comparison.ratios().forEach(ratio -> titles.add(ratio.toString()));
    titles.addAll(List.of("same again", "calls/s", "CPU us", "bytes", "p50 us", "p99 us"));
    rows.add(row(titles));
    rows.add(row(titles.stream().map(title -> "---").toList()));
  }

  void add(RunResult result) {
    if (Duel.isComparison(result.getParams())) {
      String method = result.getParams().getBenchmark();
      List<String> cells = new ArrayList<>();
      cells.add(method.substring(method.lastIndexOf('.') + 1));
      cells.add(String.valueOf(result.getParams().getThreads()));
      addFigures(cells, new Measurements(comparison, result));
      rows.add(row(cells));
    }
  }

  private void addFigures(List<String> cells, Measurements measured) {
    comparison.ratios().forEach(ratio -> cells.add(measured.ratio(ratio).toString()));
    cells.add(measured.sameAgain().toString());
    cells.add(ofEach(side -> measured.secondary(side, TurnCost.RATE)));
    cells.add(ofEach(side -> measured.secondary(side, TurnCost.CPU)));
    cells.add(ofEach(side -> measured.secondary(side, ALLOCATED)));
    cells.add(ofEach(side -> measured.percentile(side, 50)));
    cells.add(ofEach(side -> measured.percentile(side, 99)));
  }

  private String ofEach(ToDoubleFunction<Side> figure) {
    return comparison.sides().stream()
        .map(side -> Spread.text(figure.applyAsDouble(side)))
        .collect(Collectors.joining("; "));
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  /** The table, and in which order it has the figures of the contenders. */
  @Override
  public String toString() {
    String order =
        comparison.sides().stream().map(Side::toString).collect(Collectors.joining("; "));
    return Stream.concat(rows.stream(), Stream.of("\nFigures in one cell: " + order + ".\n"))
        .collect(Collectors.joining());
  }
}
