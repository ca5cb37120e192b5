package org.jcachememcached.internal.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * What the properties of a manager say; those that do not start with {@link
 * Setting#PROPERTY_PREFIX} are somebody else's. Immutable.
 *
 * @param ofManager of the manager, and so of all its caches
 * @param ofCaches of single caches, by their names
 */
record PropertySource(
    Map<Setting<?>, SettingValue> ofManager, Map<String, Map<Setting<?>, SettingValue>> ofCaches) {

  /**
   * Reads properties.
   *
   * @throws IllegalArgumentException if one names no setting
   */
  static PropertySource of(Properties properties) {
    PropertySource source = new PropertySource(new HashMap<>(), new HashMap<>());
    textsOf(properties)
        .forEach(
            (property, text) -> {
              if (property.startsWith(Setting.PROPERTY_PREFIX)) {
                source.add(
                    property.substring(Setting.PROPERTY_PREFIX.length()),
                    new SettingValue(text, "the property " + property));
              }
            });
    return source;
  }

  // Properties hide values that are no strings from those who ask for strings, and their defaults
  // from those who ask for entries.
  private static Map<String, String> textsOf(Properties properties) {
    Map<String, String> texts = new HashMap<>();
    properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
    properties.forEach((name, value) -> texts.put(name.toString(), value.toString()));
    return texts;
  }

  private void add(String name, SettingValue given) {
    if (name.startsWith(Setting.CACHE_PREFIX)) {
      addOfCache(name, given);
    } else {
      ofManager.put(SettingCatalog.named(name, given.origin()), given);
    }
  }

  /** Takes what a property such as {@code cache.users.on.failure} says of one cache. */
  private void addOfCache(String name, SettingValue given) {
    String words = name.substring(Setting.CACHE_PREFIX.length());
    int start = SettingCatalog.startOfSetting(words);
    if (start == 0) {
      throw new IllegalArgumentException(
          "%s names no cache, but must be %scache.<name of the cache>.%s"
              .formatted(given.origin(), Setting.PROPERTY_PREFIX, words));
    }
    Setting<?> setting = SettingCatalog.namedForCache(words.substring(start), given.origin());
    ofCaches
        .computeIfAbsent(words.substring(0, start - 1), cache -> new HashMap<>())
        .put(setting, given);
  }

  /** Names nothing: some of it is secret. */
  @Override
  public String toString() {
    return "PropertySource";
  }
}
