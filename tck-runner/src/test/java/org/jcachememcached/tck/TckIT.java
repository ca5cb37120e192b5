package org.jcachememcached.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jcachememcached.testing.Jdk;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The official TCK passes on every engine and every JDK, and all of it really ran.
 *
 * <p>The system properties {@code tck.tests} (a regular expression for class names) and {@code
 * tck.engines} (names, separated by commas) narrow a run down while one works on a fault.
 */
class TckIT {

  private static final String TESTS = System.getProperty("tck.tests", TckProcess.ALL_TESTS);
  private static final String ENGINES = System.getProperty("tck.engines", "memcached,memory");
  private static final Path REPORTS = Path.of(System.getProperty("tck.reports"));

  private static final ResultTable table = new ResultTable();

  static Stream<Arguments> runs() {
    return Suite.all().stream().flatMap(suite -> engines().flatMap(engine -> jdks(suite, engine)));
  }

  private static Stream<Engine> engines() {
    return Stream.of(ENGINES.toUpperCase(Locale.ROOT).split(",")).map(Engine::valueOf);
  }

  private static Stream<Arguments> jdks(Suite suite, Engine engine) {
    return Jdk.all().stream().map(jdk -> Arguments.of(suite, engine, jdk));
  }

  @ParameterizedTest(name = "{0}, {1} engine, {2}")
  @MethodSource("runs")
  void passes(Suite suite, Engine engine, Jdk jdk) throws IOException, InterruptedException {
    TckResult result = run(suite, engine, jdk);
    table.add(suite, engine, jdk, result);

    assertThat(result.failures()).as("TCK tests that failed, %s engine, %s", engine, jdk).isEmpty();
    if (TESTS.equals(TckProcess.ALL_TESTS)) {
      assertComplete(suite, result);
    }
  }

  private static void assertComplete(Suite suite, TckResult result) {
    SoftAssertions.assertSoftly(
        softly -> {
          softly.assertThat(result.run()).as("TCK tests that ran").isEqualTo(suite.tests());
          softly.assertThat(result.skipped()).as("TCK tests that were skipped").isZero();
          softly
              .assertThat(result.selfExcluded())
              .as("TCK tests that excluded themselves")
              .containsExactlyElementsOf(suite.selfExcluded());
        });
  }

  private static TckResult run(Suite suite, Engine engine, Jdk jdk)
      throws IOException, InterruptedException {
    Path reports = REPORTS.resolve("%s-%s-%s".formatted(suite, engine, jdk.version()));
    if (engine == Engine.MEMORY) {
      return new TckProcess(suite, jdk, "memory:tck", reports).run(TESTS);
    }
    // A server of its own: what a broken run leaves behind must not fail the next one.
    try (MemcachedServer server = MemcachedServer.start()) {
      String uri = "memcached://" + server.address() + "/tck?timeout=10s";
      return new TckProcess(suite, jdk, uri, reports).run(TESTS);
    }
  }

  @AfterAll
  static void report() throws IOException {
    table.writeTo(REPORTS.resolve("results.md"));
    System.out.printf("%nJSR-107 TCK 1.1.1%n%n%s%n%n", table);
    assertThat(table.run()).as("TCK tests that ran").isPositive();
  }
}
