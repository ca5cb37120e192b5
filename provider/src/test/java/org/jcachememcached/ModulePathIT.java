package org.jcachememcached;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.Caching;
import javax.tools.ToolProvider;
import jdk.jfr.consumer.RecordingFile;
import net.spy.memcached.MemcachedClient;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** An application that is a module and requires the API and the provider, on a JVM of its own. */
class ModulePathIT {

  private static final Path SOURCES = resource("/modular-application");

  private static final List<Path> REQUIRED =
      Stream.of(
              MemcachedCachingProvider.class,
              Caching.class,
              MemcachedClient.class,
              LoggerFactory.class)
          .map(ModulePathIT::origin)
          .toList();

  @TempDir private static Path application;

  @BeforeAll
  static void compile() {
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--release",
                "17",
                "--module-path",
                path(REQUIRED),
                "-d",
                application.toString(),
                SOURCES.resolve("module-info.java").toString(),
                SOURCES.resolve("shop/Shop.java").toString());
    assertThat(result).isZero();
  }

  @Test
  void runsOnMemcached() throws Exception {
    try (MemcachedServer server = MemcachedServer.start()) {
      assertThat(run(REQUIRED, List.of(), "memcached://" + server.address() + "/?timeout=10s"))
          .contains(
              "provider: module org.jcachememcached",
              "value: Order[id=2, customer=Bob]",
              "hits: 2",
              "node: READY");
    }
  }

  @Test
  void runsInMemory() throws Exception {
    List<Path> modules = new ArrayList<>(REQUIRED);
    modules.add(origin(Caffeine.class));
    List<String> options = List.of("--add-modules", "com.github.benmanes.caffeine");

    assertThat(run(modules, options, "memory:shop"))
        .contains("value: Order[id=2, customer=Bob]", "hits: 2", "node: none");
  }

  /** The other tests run without the module of the flight recorder. */
  @Test
  void isRecordedByTheFlightRecorder(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("shop.jfr");
    List<String> options =
        List.of(
            "--add-modules",
            "jdk.jfr",
            "-XX:StartFlightRecording:settings=none,filename="
                + file
                + ",+org.jcachememcached.Call#enabled=true,+org.jcachememcached.Call#threshold=0ms");
    try (MemcachedServer server = MemcachedServer.start()) {
      assertThat(run(REQUIRED, options, "memcached://" + server.address() + "/?timeout=10s"))
          .contains("value: Order[id=2, customer=Bob]");
    }

    assertThat(RecordingFile.readAllEvents(file))
        .filteredOn(event -> event.getEventType().getName().equals("org.jcachememcached.Call"))
        .extracting(event -> event.getString("operation"))
        .containsExactly("put", "invoke", "get");
  }

  @Test
  void saysHowToAddAnOptionalLibrary() throws Exception {
    assertThat(run(REQUIRED, List.of(), "memory:shop"))
        .contains(
            "needs the library com.github.ben-manes.caffeine:caffeine, which is not among the"
                + " modules of this JVM: it must be on the module path, and required by a module or"
                + " named by --add-modules");
  }

  private static String run(List<Path> modules, List<String> options, String uri)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--module-path");
    command.add(path(modules) + File.pathSeparator + application);
    command.addAll(options);
    command.addAll(List.of("--module", "shop/shop.Shop", uri));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }

  private static String path(List<Path> modules) {
    return modules.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static Path origin(Class<?> type) {
    return file(type.getProtectionDomain().getCodeSource().getLocation());
  }

  private static Path resource(String name) {
    return file(Objects.requireNonNull(ModulePathIT.class.getResource(name), name));
  }

  private static Path file(URL url) {
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
