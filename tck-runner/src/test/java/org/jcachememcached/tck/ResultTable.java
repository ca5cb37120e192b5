package org.jcachememcached.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jcachememcached.testing.Jdk;

/**
 * The table tests x engine x JDK x figures, in the form in which {@code docs/conformance.md} quotes
 * it. For one thread.
 */
final class ResultTable {

  private static final String ROW = "| %-11s | %-9s | %-8s | %5s | %6s | %7s | %13s |";

  private final List<String> lines = new ArrayList<>();
  private int run;

  ResultTable() {
    lines.add(ROW.formatted("tests", "engine", "JDK", "run", "failed", "skipped", "self-excluded"));
    lines.add(lines.get(0).replaceAll("[^|]", "-"));
  }

  void add(Suite suite, Engine engine, Jdk jdk, TckResult result) {
    run += result.run();
    lines.add(
        ROW.formatted(
            suite,
            engine,
            jdk.version(),
            result.run(),
            result.failures().size(),
            result.skipped(),
            result.selfExcluded().size()));
  }

  /** How many tests ran, of all rows. */
  int run() {
    return run;
  }

  void writeTo(Path file) throws IOException {
    Files.write(file, lines);
  }

  @Override
  public String toString() {
    return String.join(System.lineSeparator(), lines);
  }
}
