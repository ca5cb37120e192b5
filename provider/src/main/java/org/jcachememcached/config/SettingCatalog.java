package org.jcachememcached.config;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All settings there are, and how they are found by name. */
public final class SettingCatalog {

  /** Every setting, in the order of a reference table. */
  public static final List<Setting<?>> ALL =
      Stream.of(ConnectionSettings.ALL, ManagerSettings.ALL, CacheSettings.ALL)
          .<Setting<?>>flatMap(List::stream)
          .toList();

  private SettingCatalog() {}

  /** The setting of that name; {@code origin} is where the name was found. */
  static Setting<?> named(String name, String origin) {
    for (Setting<?> setting : ALL) {
      if (setting.name().equals(name)) {
        return setting;
      }
    }
    List<String> known = ALL.stream().map(Setting::name).toList();
    throw new IllegalArgumentException(
        "Unknown setting \"%s\" in %s; the nearest known one is %s"
            .formatted(name, origin, EditDistance.nearest(name, known)));
  }

  /** The names of the settings that can be set for one cache. */
  static List<String> namesForCaches() {
    return ALL.stream().filter(SettingCatalog::isForCaches).map(Setting::name).toList();
  }

  /** The setting for one cache that a property's name ends with, or null. */
  static @Nullable Setting<?> endOf(String property) {
    return ALL.stream()
        .filter(setting -> isForCaches(setting) && property.endsWith("." + setting.name()))
        .max(Comparator.comparingInt(setting -> setting.name().length()))
        .orElse(null);
  }

  static boolean isForCaches(Setting<?> setting) {
    return setting.scope() != Setting.Scope.MANAGER;
  }

  /** Whether properties have a secret below this name. */
  public static boolean isSecretProperty(String name) {
    return ALL.stream()
        .filter(setting -> setting.type().isSecret())
        .anyMatch(
            setting ->
                name.equals(setting.propertyName())
                    || (name.startsWith(Setting.PROPERTY_PREFIX + Setting.CACHE_PREFIX)
                        && name.endsWith("." + setting.name())));
  }
}
