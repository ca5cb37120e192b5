package org.jcachememcached.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
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

  private static final int TESTS_OF_THE_TCK = 481;

  /** Storing by reference is an optional feature, which a remote store cannot offer. */
  private static final List<String> SELF_EXCLUDED =
      List.of(
          "CachingTest#dummyTest",
          "StoreByReferenceTest#getAndPut_Existing",
          "StoreByReferenceTest#getAndPut_Existing_NotSameKey",
          "StoreByReferenceTest#getAndPut_NotThere",
          "StoreByReferenceTest#getAndReplace",
          "StoreByReferenceTest#get_Existing",
          "StoreByReferenceTest#get_Existing_NotSameKey",
          "StoreByReferenceTest#putAll",
          "StoreByReferenceTest#putIfAbsent_Missing",
          "StoreByReferenceTest#putIfAbsent_There",
          "StoreByReferenceTest#put_Existing_NotSameKey",
          "StoreByReferenceTest#replace_3arg",
          "TypesTest#simpleAPINoGenericsAndNoTypeEnforcementStoreByReference");

  private static final String TESTS = System.getProperty("tck.tests", TckProcess.ALL_TESTS);
  private static final String ENGINES = System.getProperty("tck.engines", "memcached,memory");
  private static final Path REPORTS = Path.of(System.getProperty("tck.reports"));

  private static final ResultTable table = new ResultTable();

  static Stream<Arguments> runs() {
    return Stream.of(ENGINES.toUpperCase(Locale.ROOT).split(","))
        .map(Engine::valueOf)
        .flatMap(engine -> Jdk.all().stream().map(jdk -> Arguments.of(engine, jdk)));
  }

  @ParameterizedTest(name = "{0} engine, {1}")
  @MethodSource("runs")
  void passes(Engine engine, Jdk jdk) throws IOException, InterruptedException {
    TckResult result = run(engine, jdk);
    table.add(engine, jdk, result);

    assertThat(result.failures()).as("TCK tests that failed, %s engine, %s", engine, jdk).isEmpty();
    assertThat(result.run()).as("TCK tests that ran").isPositive();
    if (TESTS.equals(TckProcess.ALL_TESTS)) {
      assertComplete(result);
    }
  }

  private static void assertComplete(TckResult result) {
    SoftAssertions.assertSoftly(
        softly -> {
          softly.assertThat(result.run()).as("TCK tests that ran").isEqualTo(TESTS_OF_THE_TCK);
          softly.assertThat(result.skipped()).as("TCK tests that were skipped").isZero();
          softly
              .assertThat(result.selfExcluded())
              .as("TCK tests that excluded themselves")
              .containsExactlyElementsOf(SELF_EXCLUDED);
        });
  }

  private static TckResult run(Engine engine, Jdk jdk) throws IOException, InterruptedException {
    Path reports = REPORTS.resolve(engine + "-" + jdk.version());
    if (engine == Engine.MEMORY) {
      return new TckProcess(jdk, "memory:tck", reports).run(TESTS);
    }
    // A server of its own: what a broken run leaves behind must not fail the next one.
    try (MemcachedServer server = MemcachedServer.start()) {
      return new TckProcess(jdk, "memcached://" + server.address() + "/tck", reports).run(TESTS);
    }
  }

  @AfterAll
  static void report() throws IOException {
    table.writeTo(REPORTS.resolve("results.md"));
    System.out.printf("%nJSR-107 TCK 1.1.1%n%n%s%n%n", table);
  }
}
