package org.jcachememcached.internal.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a config file takes from the system properties. */
final class FileSubstitutionTest {

  private static final String PROPERTY = "file.substitution.test";

  @AfterEach
  void forgetTheProperty() {
    System.clearProperty(PROPERTY);
  }

  @Test
  void takesASystemPropertyAsItIsWhenTheFileIsRead(@TempDir Path directory) throws IOException {
    String file = "jcache-memcached { timeout = ${" + PROPERTY + "} }";
    System.setProperty(PROPERTY, "2 s");
    Settings before = read(directory, file);
    System.setProperty(PROPERTY, "3 s");
    Settings after = read(directory, file);

    assertThat(before.get(ConnectionSettings.TIMEOUT)).isEqualTo(Duration.ofSeconds(2));
    assertThat(after.get(ConnectionSettings.TIMEOUT)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void prefersTheSystemPropertyToTheFile(@TempDir Path directory) throws IOException {
    String file = PROPERTY + " = 2 s\njcache-memcached { timeout = ${" + PROPERTY + "} }";
    System.setProperty(PROPERTY, "3 s");

    assertThat(read(directory, file).get(ConnectionSettings.TIMEOUT))
        .isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void namesTheLineWhoseSystemPropertyIsMissing(@TempDir Path directory) {
    assertThatThrownBy(
            () -> read(directory, "jcache-memcached {\n  timeout = ${" + PROPERTY + "}\n}"))
        .hasMessageContaining("caches.conf, line 2")
        .hasMessageContaining(PROPERTY);
  }

  private static Settings read(Path directory, String text) throws IOException {
    Path file = Files.writeString(directory.resolve("caches.conf"), text);
    return SettingsReader.read(
        file.toUri(), new Properties(), Map.of(), FileSubstitutionTest.class.getClassLoader());
  }
}
