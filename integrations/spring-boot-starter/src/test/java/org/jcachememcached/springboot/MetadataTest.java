package org.jcachememcached.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Editors know each setting of {@code docs/settings.md}, with its default and what it means. */
class MetadataTest {

  private static final Path METADATA = Path.of("src/main/resources", KnownSettings.METADATA);
  private static final Path CORRECT = Path.of("target", "spring-configuration-metadata.json");

  @Test
  void isThatOfTheTableOfAllSettings() throws IOException {
    String expected = ExpectedMetadata.text();
    Files.createDirectories(CORRECT.getParent());
    Files.writeString(CORRECT, expected);

    assertThat(Files.readString(METADATA))
        .as("%s; %s is what it should be: copy it", METADATA, CORRECT)
        .isEqualTo(expected);
  }

  @Test
  void namesEachSetting() {
    List<String> settings = SettingsTable.rows().stream().map(SettingsTable.Row::name).toList();

    assertThat(settings).hasSizeGreaterThan(50).contains("servers", "on.failure", "stale.for");
  }
}
