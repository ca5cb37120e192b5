package org.jcachememcached.springboot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.json.JsonParserFactory;

/**
 * The names in {@code memcached.*} that have a meaning, read from the metadata of this artifact,
 * which a test compares with the table of all settings. Immutable.
 */
final class KnownSettings {

  static final String METADATA = "/META-INF/spring-configuration-metadata.json";

  private final Set<String> names;

  private KnownSettings(Set<String> names) {
    this.names = names;
  }

  static KnownSettings ofMetadata() {
    Map<String, Object> metadata = JsonParserFactory.getJsonParser().parseMap(text());
    List<?> properties = (List<?>) Objects.requireNonNull(metadata.get("properties"));
    return new KnownSettings(
        properties.stream()
            .map(property -> String.valueOf(((Map<?, ?>) property).get("name")))
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
    return setting != null && names.contains(MemcachedSettings.PREFIX + "." + setting);
  }
}
