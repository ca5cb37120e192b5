package org.jcachememcached.internal.config.source;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jcachememcached.internal.config.EditDistance;
import org.jcachememcached.internal.config.Setting;
import org.jcachememcached.internal.config.SettingValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads our block of a configuration file: settings of the manager, templates, and caches, which
 * may use templates. A template cannot use another: HOCON itself expresses that, as in {@code long
 * = ${jcache-memcached.templates.short} {...}}. For one use; not thread-safe.
 */
final class HoconReader {

  private static final String TEMPLATES = "templates";
  private static final String CACHES = "caches";
  private static final String TEMPLATE = "template";

  private final ConfigObject root;
  private final Map<String, Map<Setting<?>, SettingValue>> templates = new TreeMap<>();

  HoconReader(ConfigObject root) {
    this.root = root;
  }

  SourceContents read() {
    Map<Setting<?>, SettingValue> ofManager =
        HoconSettings.ofManager(root, Set.of(TEMPLATES, CACHES));
    blocks(TEMPLATES).forEach((name, block) -> templates.put(name, template(name, block)));
    Map<String, Map<Setting<?>, SettingValue>> caches = new HashMap<>();
    blocks(CACHES).forEach((name, block) -> caches.put(name, cache(name, block)));
    return new SourceContents(ofManager, caches, List.of());
  }

  /** The value of a name in a block, unless it is absent or null. */
  private static @Nullable ConfigValue valueIn(ConfigObject block, String word) {
    ConfigValue value = block.get(word);
    return value == null || value.valueType() == ConfigValueType.NULL ? null : value;
  }

  private Map<String, ConfigObject> blocks(String word) {
    Map<String, ConfigObject> blocks = new TreeMap<>();
    ConfigValue all = valueIn(root, word);
    if (all != null) {
      block(word, all).forEach((name, value) -> blocks.put(name, block(word + "." + name, value)));
    }
    return blocks;
  }

  private static ConfigObject block(String name, ConfigValue value) {
    if (value instanceof ConfigObject block) {
      return block;
    }
    throw new IllegalArgumentException(
        "%s in %s must be a block in braces".formatted(name, HoconOrigins.of(value.origin())));
  }

  private Map<Setting<?>, SettingValue> template(String name, ConfigObject block) {
    ConfigValue taken = valueIn(block, TEMPLATE);
    if (taken != null) {
      throw new IllegalArgumentException(
          "The template \"%s\" takes a template in %s, but only caches can"
              .formatted(name, HoconOrigins.of(taken.origin())));
    }
    return HoconSettings.ofCache(TEMPLATE, name, block, Set.of());
  }

  private Map<Setting<?>, SettingValue> cache(String name, ConfigObject block) {
    Map<Setting<?>, SettingValue> given = new HashMap<>();
    ConfigValue taken = valueIn(block, TEMPLATE);
    if (taken != null) {
      templateNames(name, taken).forEach(template -> given.putAll(taken(name, template, taken)));
    }
    given.putAll(HoconSettings.ofCache("cache", name, block, Set.of(TEMPLATE)));
    return given;
  }

  private static List<String> templateNames(String cache, ConfigValue value) {
    try {
      return HoconSettings.texts(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The template of the cache \"%s\" in %s is %s, but must be the name of a template, or a"
                  .formatted(cache, HoconOrigins.of(value.origin()), e.getMessage())
              + " list of names",
          e);
    }
  }

  private Map<Setting<?>, SettingValue> taken(String cache, String template, ConfigValue where) {
    Map<Setting<?>, SettingValue> known = templates.get(template);
    if (known == null) {
      throw new IllegalArgumentException(
          "The cache \"%s\" takes the template \"%s\" in %s, but %s"
              .formatted(cache, template, HoconOrigins.of(where.origin()), nearestTo(template)));
    }
    return known;
  }

  private String nearestTo(String template) {
    return templates.isEmpty()
        ? "there are no templates"
        : "the nearest that there is, is \""
            + EditDistance.nearest(template, templates.keySet())
            + '"';
  }
}
