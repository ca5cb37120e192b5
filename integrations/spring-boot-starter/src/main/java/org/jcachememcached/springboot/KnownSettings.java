package org.jcachememcached.springboot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names in {@code memcached.*} that have a meaning, read from the metadata of this artifact,
 * which a test compares with the table of all settings. Immutable.
 */
final class KnownSettings {

  static final String METADATA = "/META-INF/spring-configuration-metadata.json";

  // Which parser for JSON an application has, if any, is its own matter.
  private static final Pattern NAME = Pattern.compile("\"name\": \"memcached\\.([^\"]+)\"");

  private final Set<String> names;

  private KnownSettings(Set<String> names) {
    this.names = names;
  }

  static KnownSettings ofMetadata() {
    return new KnownSettings(
        NAME.matcher(text())
            .results()
            .map(name -> name.group(1))
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static String text() {
    try (InputStream metadata = KnownSettings.class.getResourceAsStream(METADATA)) {
      return new String(Objects.requireNonNull(metadata).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a property is a setting of all caches, or one of a cache that it names. */
  boolean contains(SettingProperty property) {
    String setting = property.setting();
    return setting != null && names.contains(setting);
  }
}
