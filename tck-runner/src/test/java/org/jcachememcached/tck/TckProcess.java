package org.jcachememcached.tck;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jcachememcached.testing.Jdk;

/**
 * One run of the TCK in a JVM of its own, which sees one caching provider and nothing of this
 * harness. For one thread.
 *
 * @param suite what to run
 * @param jdk the JDK to run on
 * @param uri the default URI of the provider: which engine, and where
 * @param reports the directory that receives the output and the report
 */
record TckProcess(Suite suite, Jdk jdk, String uri, Path reports) {

  /** All test classes of the TCK; the trailing 1 is there for {@code FactoryBuilderTest1}. */
  static final String ALL_TESTS = ".*Test1?";

  private static final Duration LIMIT = Duration.ofMinutes(10);

  /**
   * Runs the test classes whose names match.
   *
   * @param classNames a regular expression for fully qualified class names
   */
  TckResult run(String classNames) throws IOException, InterruptedException {
    Files.createDirectories(reports);
    Files.deleteIfExists(report());
    ProcessBuilder builder =
        new ProcessBuilder(command(classNames))
            .redirectErrorStream(true)
            .redirectOutput(output().toFile());
    builder.environment().put("JCACHE_MEMCACHED_URI", uri);
    Process process = builder.start();
    try {
      awaitEndOf(process);
    } finally {
      process.destroyForcibly();
    }
    return TckResult.read(report(), output());
  }

  private List<String> command(String classNames) {
    String classPath = System.getProperty("tck.class.path");
    return List.of(
        jdk.tool("java").toString(),
        "-ea",
        "-Djava.net.preferIPv4Stack=true",
        "-Djavax.cache.CacheManager=org.jcachememcached.MemcachedCacheManager",
        "-Djavax.cache.Cache=org.jcachememcached.MemcachedCache",
        "-Djavax.cache.Cache.Entry=org.jcachememcached.internal.jcache.CacheEntry",
        "-classpath",
        classPath,
        "org.junit.platform.console.ConsoleLauncher",
        "execute",
        "--disable-banner",
        "--details=none",
        "--include-engine=junit-vintage",
        "--scan-class-path=" + testsIn(classPath),
        "--include-classname=" + classNames,
        suite.filter(),
        "--reports-dir=" + reports);
  }

  private static String testsIn(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator))
        .filter(element -> element.matches(".*cache-tests-[^/\\\\]*-tests\\.jar"))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The TCK's tests are not on the class path " + classPath));
  }

  private void awaitEndOf(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), SECONDS)) {
      dumpThreadsOf(process);
      throw new AssertionError(
          "The TCK did not end within %s; its threads are listed in %s".formatted(LIMIT, output()));
    }
    if (!Files.exists(report())) {
      throw new AssertionError(
          "The TCK's JVM ended with status %d and left no report:%n%s"
              .formatted(process.exitValue(), Files.readString(output())));
    }
  }

  private void dumpThreadsOf(Process process) throws IOException, InterruptedException {
    new ProcessBuilder(jdk.tool("jcmd").toString(), Long.toString(process.pid()), "Thread.print")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
        .start()
        .waitFor(30, SECONDS);
  }

  private Path report() {
    return reports.resolve("TEST-junit-vintage.xml");
  }

  private Path output() {
    return reports.resolve("output.log");
  }
}
