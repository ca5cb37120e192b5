package org.jcachememcached.internal.config.source;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jcachememcached.internal.config.Setting;
import org.jcachememcached.internal.config.SettingCatalog;
import org.jcachememcached.internal.config.SettingValue;

/**
 * Reads the properties of a manager. Those without {@link Setting#PROPERTY_PREFIX} belong to other
 * libraries. For one use; not thread-safe.
 */
final class PropertyReader {

  private final Map<Setting<?>, SettingValue> ofManager = new HashMap<>();
  private final Map<String, Map<Setting<?>, SettingValue>> ofCaches = new HashMap<>();

  private PropertyReader() {}

  /**
   * The settings in some properties.
   *
   * @throws IllegalArgumentException if a property with the prefix names no setting
   */
  static SourceContents read(Properties properties) {
    PropertyReader reader = new PropertyReader();
    textsOf(properties).forEach(reader::add);
    return new SourceContents(
        reader.ofManager,
        reader.ofCaches,
        UnreadNames.ofProperties(properties.stringPropertyNames()));
  }

  // stringPropertyNames() omits values that are not strings, and the entry set omits defaults.
  private static Map<String, String> textsOf(Properties properties) {
    Map<String, String> texts = new HashMap<>();
    properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
    properties.forEach((name, value) -> texts.put(name.toString(), value.toString()));
    return texts;
  }

  private void add(String property, String text) {
    if (!property.startsWith(Setting.PROPERTY_PREFIX)) {
      return;
    }
    String name = property.substring(Setting.PROPERTY_PREFIX.length());
    SettingValue value = new SettingValue(text, "the property " + property);
    if (name.startsWith(Setting.CACHE_PREFIX)) {
      addOfCache(name, value);
    } else {
      ofManager.put(SettingCatalog.named(name, value.origin()), value);
    }
  }

  /** Adds a property of one cache, such as {@code cache.users.on.failure}. */
  private void addOfCache(String name, SettingValue value) {
    String words = name.substring(Setting.CACHE_PREFIX.length());
    int start = SettingCatalog.startOfSetting(words);
    if (start == 0) {
      throw new IllegalArgumentException(
          "%s names no cache, but must be %scache.<name of the cache>.%s"
              .formatted(value.origin(), Setting.PROPERTY_PREFIX, words));
    }
    Setting<?> setting = SettingCatalog.namedForCache(words.substring(start), value.origin());
    ofCaches
        .computeIfAbsent(words.substring(0, start - 1), cache -> new HashMap<>())
        .put(setting, value);
  }
}
