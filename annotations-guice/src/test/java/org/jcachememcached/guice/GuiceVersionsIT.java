package org.jcachememcached.guice;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jcachememcached.testing.Jdk;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The one artifact works with every Guice and every JDK: all unit tests of this module run and
 * pass, each time in a JVM of its own whose class path has another Guice.
 */
class GuiceVersionsIT {

  private static final Path VERSIONS = Path.of(System.getProperty("guice.versions"));
  private static final Path REPORTS = Path.of(System.getProperty("guice.reports"));
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Pattern GUICE =
      Pattern.compile("(guice-\\d|ja(vax|karta)\\.inject).*\\.jar");
  private static final Pattern RESULT =
      Pattern.compile("<testsuite [^>]*tests=\"(\\d+)\" skipped=\"0\" failures=\"0\" errors=\"0\"");

  static Stream<Arguments> runs() {
    return Stream.of("5.1.0", "6.0.0", "7.0.0")
        .flatMap(guice -> Jdk.all().stream().map(jdk -> Arguments.of(guice, jdk)));
  }

  @ParameterizedTest(name = "Guice {0}, {1}")
  @MethodSource("runs")
  void passesAllTests(String guice, Jdk jdk) throws Exception {
    Path reports = REPORTS.resolve(guice + "-" + jdk.version());
    Files.createDirectories(reports);
    Path output = reports.resolve("output.log");
    Files.deleteIfExists(reports.resolve("TEST-junit-jupiter.xml"));

    run(command(guice, jdk, reports), output);

    Matcher result = RESULT.matcher(Files.readString(reports.resolve("TEST-junit-jupiter.xml")));
    assertThat(result.find()).as("no test failed or was skipped, see %s", output).isTrue();
    assertThat(Integer.parseInt(result.group(1))).as("tests that ran").isPositive();
    assertThat(Files.readString(output)).contains(GuiceVersionTest.line("guice-" + guice + ".jar"));
    System.out.printf("Guice %s, %s: %s tests%n", guice, jdk, result.group(1));
  }

  private static List<String> command(String guice, Jdk jdk, Path reports) {
    return List.of(
        jdk.tool("java").toString(),
        "-ea",
        "-Djava.net.preferIPv4Stack=true",
        "-classpath",
        classPathWith(guice),
        "org.junit.platform.console.ConsoleLauncher",
        "execute",
        "--disable-banner",
        "--details=tree",
        "--select-package=" + GuiceVersionsIT.class.getPackageName(),
        "--include-classname=.*Test",
        "--reports-dir=" + reports);
  }

  private static String classPathWith(String guice) {
    Stream<String> others =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(element -> !GUICE.matcher(Path.of(element).getFileName().toString()).matches());
    return Stream.concat(Stream.of(VERSIONS.resolve(guice).resolve("*").toString()), others)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void run(List<String> command, Path output) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(LIMIT.toSeconds(), SECONDS)).as("ended within %s", LIMIT).isTrue();
      assertThat(process.exitValue()).as("status of the JVM, see %s", output).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
