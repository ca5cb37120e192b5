package org.jcachememcached.internal.config.source;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jcachememcached.internal.config.Setting;
import org.jcachememcached.internal.config.SettingCatalog;
import org.jcachememcached.internal.config.SettingValue;

/**
 * Reads the settings in one block of a configuration file. HOCON turns names with dots into nested
 * blocks; this class turns them back into names. A value of null counts as absent. For one use; not
 * thread-safe.
 */
final class HoconSettings {

  private final String kind;
  private final String owner;
  private final Set<String> otherWords;
  private final Map<Setting<?>, SettingValue> given = new HashMap<>();

  private HoconSettings(String kind, String owner, Set<String> otherWords) {
    this.kind = kind;
    this.owner = owner;
    this.otherWords = otherWords;
  }

  /**
   * The settings of the manager in a block.
   *
   * @param otherWords names that are allowed in the block besides settings
   */
  static Map<Setting<?>, SettingValue> ofManager(ConfigObject block, Set<String> otherWords) {
    return new HoconSettings("", "", otherWords).in(block);
  }

  /**
   * The settings of a cache in a block, or of the caches that use the block as a template.
   *
   * @param kind cache or template
   * @param name of the cache or template
   * @param otherWords names that are allowed in the block besides settings
   */
  static Map<Setting<?>, SettingValue> ofCache(
      String kind, String name, ConfigObject block, Set<String> otherWords) {
    return new HoconSettings(kind, name, otherWords).in(block);
  }

  /**
   * A value as texts: one, or the elements of a list.
   *
   * @throws IllegalArgumentException if blocks or lists are among them; the message names what was
   *     found
   */
  static List<String> texts(ConfigValue value) {
    return value instanceof ConfigList list
        ? list.stream().map(element -> text(element, "a list with more than texts in it")).toList()
        : List.of(text(value, "a block"));
  }

  private static String text(ConfigValue value, String otherwise) {
    return switch (value.valueType()) {
      case OBJECT, LIST, NULL -> throw new IllegalArgumentException(otherwise);
      // As written: unwrapped, 007 would be 7.
      default -> value.atKey("text").getString("text");
    };
  }

  private Map<Setting<?>, SettingValue> in(ConfigObject block) {
    addAll("", block);
    return given;
  }

  private void addAll(String prefix, ConfigObject block) {
    block.forEach((key, value) -> add(prefix + key, value));
  }

  private void add(String name, ConfigValue value) {
    if (value.valueType() == ConfigValueType.NULL || otherWords.contains(name)) {
      return;
    }
    if (value instanceof ConfigObject block && SettingCatalog.isBeginningOfName(name)) {
      addAll(name + ".", block);
    } else {
      addSetting(name, value);
    }
  }

  private void addSetting(String name, ConfigValue value) {
    String origin = HoconOrigins.of(value.origin());
    if (value instanceof ConfigObject && isOfCache() && !SettingCatalog.isName(name)) {
      throw blockInCache(name, origin);
    }
    Setting<?> setting = SettingCatalog.named(name, origin, otherWords);
    if (isOfCache()) {
      SettingCatalog.requireForCaches(setting, origin);
    }
    SettingValue said = new SettingValue(text(setting, value, origin), origin);
    setting.parse(said);
    if (given.put(setting, said) != null) {
      throw new IllegalArgumentException(
          "The setting %s in %s is said twice, in quotes and without, but must be said once"
              .formatted(name, origin));
    }
  }

  private boolean isOfCache() {
    return !kind.isEmpty();
  }

  // HOCON turns an unquoted name with dots into such a block.
  private IllegalArgumentException blockInCache(String name, String origin) {
    return new IllegalArgumentException(
        "The %s \"%s\" has a block \"%s\" in %s, which is no setting; put names with dots in quotes:"
                .formatted(kind, owner, name, origin)
            + " \"%s.%s\"".formatted(owner, name));
  }

  private static String text(Setting<?> setting, ConfigValue value, String origin) {
    try {
      return String.join(",", texts(value));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The setting %s in %s is %s, but must be %s"
              .formatted(setting.name(), origin, e.getMessage(), setting.type().allowed()),
          e);
    }
  }
}
