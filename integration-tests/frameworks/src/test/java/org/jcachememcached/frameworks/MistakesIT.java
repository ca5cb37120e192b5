package org.jcachememcached.frameworks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jcachememcached.frameworks.spring.ShopApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;

/** A mistake in the config file ends both applications at their start, and they say where it is. */
final class MistakesIT {

  private static final String MISSPELT =
      """
      jcache-memcached {
        caches {
          products {
            expire = created 10 minutes
          }
        }
      }
      """;

  @Test
  void springBootNamesFileAndLineOfAMisspeltSetting(@TempDir Path directory) {
    Path file = file(directory, MISSPELT);

    assertThatThrownBy(
            () ->
                SpringApplication.run(
                    ShopApplication.class, "--spring.cache.jcache.config=" + file.toUri()))
        .hasStackTraceContaining(
            "Unknown setting \"expire\" in the file "
                + file
                + ", line 4; the nearest known one is expiry");
  }

  @Test
  void hibernateNamesFileAndLineOfAMisspeltSetting(@TempDir Path directory) {
    Path file = file(directory, MISSPELT);

    assertThatThrownBy(() -> Orders.start(file.toUri().toString()))
        .hasStackTraceContaining(
            "Unknown setting \"expire\" in the file "
                + file
                + ", line 4; the nearest known one is expiry");
  }

  @Test
  void bothNameFileAndLineOfAWrongValue(@TempDir Path directory) {
    Path file = file(directory, "jcache-memcached {\n  timeout = soon\n}");

    assertThatThrownBy(
            () ->
                SpringApplication.run(
                    ShopApplication.class, "--spring.cache.jcache.config=" + file.toUri()))
        .hasStackTraceContaining(
            "The setting timeout in the file " + file + ", line 2 is \"soon\", but must be");
    assertThatThrownBy(() -> Orders.start(file.toUri().toString()))
        .hasStackTraceContaining(
            "The setting timeout in the file " + file + ", line 2 is \"soon\", but must be");
  }

  @Test
  void hibernateNamesTheCacheThatTheFileDoesNotDeclare(@TempDir Path directory) {
    Path file = file(directory, "jcache-memcached { caches { default-query-results-region {} } }");

    assertThatThrownBy(() -> Orders.start(file.toUri().toString()))
        .rootCause()
        .hasMessageContaining("creation of JCache Cache objects is not supported");
  }

  @Test
  void springBootTakesTheUriOfAManagerForTheNameOfAFile() {
    assertThatThrownBy(
            () ->
                SpringApplication.run(
                    ShopApplication.class,
                    "--spring.cache.jcache.config=memcached://127.0.0.1:11211/shop"))
        .hasStackTraceContaining("must exist");
  }

  @Test
  void hibernateTakesTheUriOfAManagerForTheNameOfAFile() {
    assertThatThrownBy(() -> Orders.start("memcached://127.0.0.1:11211/shop"))
        .hasStackTraceContaining("Couldn't load URI from memcached://127.0.0.1:11211/shop");
  }

  private static Path file(Path directory, String text) {
    try {
      return Files.writeString(directory.resolve("caches.conf"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
