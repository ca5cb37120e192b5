package org.jcachememcached.internal.config;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All settings there are, and how they are found by name. */
public final class SettingCatalog {

  /** Every setting, in the order of a reference table. */
  public static final List<Setting<?>> ALL =
      Stream.of(ConnectionSettings.ALL, ManagerSettings.ALL, CacheSettings.ALL)
          .<Setting<?>>flatMap(List::stream)
          .toList();

  private static final String ALL_KNOWN = "docs/settings.md has the table of all";

  private SettingCatalog() {}

  /** The setting of that name; {@code origin} is where the name was found. */
  static Setting<?> named(String name, String origin) {
    return named(name, origin, Set.of());
  }

  /** The setting of that name, where some other words are known as well. */
  static Setting<?> named(String name, String origin, Set<String> otherWords) {
    for (Setting<?> setting : ALL) {
      if (setting.name().equals(name)) {
        return setting;
      }
    }
    List<String> known =
        Stream.concat(ALL.stream().map(Setting::name), otherWords.stream()).toList();
    String nearest = EditDistance.nearest(name, known);
    throw new IllegalArgumentException(
        "Unknown setting \"%s\" in %s; %s"
            .formatted(
                name,
                origin,
                EditDistance.isNear(name, nearest)
                    ? "the nearest known one is " + nearest
                    : "no known one is like it; " + ALL_KNOWN));
  }

  /**
   * Refuses what cannot be said of a single cache.
   *
   * @param origin who says so, in words that follow "in"
   * @throws IllegalArgumentException if there is no such setting for caches, or the value is not
   *     allowed; the message says what is
   */
  public static void checkForCache(String name, String text, String origin) {
    namedForCache(name, origin).parse(new SettingValue(text, origin));
  }

  /** The setting of that name where something is said of a single cache. */
  static Setting<?> namedForCache(String name, String origin) {
    return requireForCaches(named(name, origin), origin);
  }

  static Setting<?> requireForCaches(Setting<?> setting, String origin) {
    if (!isForCaches(setting)) {
      throw new IllegalArgumentException(
          "The setting %s in %s is one of the manager, but must be one of a cache, which are %s"
              .formatted(setting.name(), origin, namesForCaches()));
    }
    return setting;
  }

  static boolean isName(String name) {
    return ALL.stream().anyMatch(setting -> setting.name().equals(name));
  }

  /** Whether the names of some settings continue that way after a dot. */
  static boolean isBeginningOfName(String words) {
    return ALL.stream().anyMatch(setting -> setting.name().startsWith(words + "."));
  }

  /** The names of the settings that can be set for one cache. */
  static List<String> namesForCaches() {
    return ALL.stream().filter(SettingCatalog::isForCaches).map(Setting::name).toList();
  }

  /** Whether words, of which the first may be the name of a cache, end with one of a setting. */
  static boolean endsWithName(String words) {
    return ALL.stream().anyMatch(setting -> words.endsWith("." + setting.name()));
  }

  /**
   * Where in a name such as {@code users.on.failure} that of the setting starts: behind the dot
   * that leaves a name most like a known one, the longest of several. 0 if there is no such dot, or
   * all of it is the name of a setting and no part.
   */
  static int startOfSetting(String words) {
    if (isName(words) && !endsWithName(words)) {
      return 0;
    }
    int start = 0;
    int fewestEdits = Integer.MAX_VALUE;
    for (int dot = words.indexOf('.'); dot >= 0; dot = words.indexOf('.', dot + 1)) {
      int edits = editsToName(words.substring(dot + 1));
      if (edits < fewestEdits) {
        start = dot + 1;
        fewestEdits = edits;
      }
    }
    return start;
  }

  private static int editsToName(String name) {
    return ALL.stream()
        .mapToInt(setting -> EditDistance.between(name, setting.name()))
        .min()
        .orElseThrow();
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
