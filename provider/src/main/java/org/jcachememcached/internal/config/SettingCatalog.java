package org.jcachememcached.internal.config;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All settings, and lookups by name. Stateless. */
public final class SettingCatalog {

  /** Every setting, in the order of the reference table. */
  public static final List<Setting<?>> ALL =
      Stream.of(ConnectionSettings.ALL, ManagerSettings.ALL, CacheSettings.ALL, LoadSettings.ALL)
          .<Setting<?>>flatMap(List::stream)
          .toList();

  private static final String ALL_KNOWN = "docs/settings.md has the table of all";

  private SettingCatalog() {}

  /**
   * The setting of a name.
   *
   * @param origin where the name was found, in words that follow "in"
   * @throws IllegalArgumentException if there is none; the message suggests the nearest name
   */
  public static Setting<?> named(String name, String origin) {
    return named(name, origin, Set.of());
  }

  /**
   * The setting of a name, where some other words are allowed too.
   *
   * @param origin where the name was found, in words that follow "in"
   * @param otherWords names that the suggestion may be as well
   * @throws IllegalArgumentException if there is none; the message suggests the nearest name
   */
  public static Setting<?> named(String name, String origin, Set<String> otherWords) {
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
   * Checks a setting of a single cache.
   *
   * @param origin where it was found, in words that follow "in"
   * @throws IllegalArgumentException if there is no such setting for caches, or the value is not
   *     allowed; the message says what is
   */
  public static void checkForCache(String name, String text, String origin) {
    namedForCache(name, origin).parse(new SettingValue(text, origin));
  }

  /**
   * The setting of a name in the settings of a single cache.
   *
   * @throws IllegalArgumentException if there is none, or it is one of the manager
   */
  public static Setting<?> namedForCache(String name, String origin) {
    return requireForCaches(named(name, origin), origin);
  }

  /**
   * A setting, if caches can have it.
   *
   * @throws IllegalArgumentException if it is one of the manager
   */
  public static Setting<?> requireForCaches(Setting<?> setting, String origin) {
    if (!isForCaches(setting)) {
      throw new IllegalArgumentException(
          "The setting %s in %s is one of the manager, but must be one of a cache, which are %s"
              .formatted(setting.name(), origin, namesForCaches()));
    }
    return setting;
  }

  /** Whether there is a setting of that name. */
  public static boolean isName(String name) {
    return ALL.stream().anyMatch(setting -> setting.name().equals(name));
  }

  /** Whether the names of some settings begin with these words and a dot. */
  public static boolean isBeginningOfName(String words) {
    return ALL.stream().anyMatch(setting -> setting.name().startsWith(words + "."));
  }

  private static List<String> namesForCaches() {
    return ALL.stream().filter(SettingCatalog::isForCaches).map(Setting::name).toList();
  }

  /** Whether words, such as the name of a cache and of a setting, end with one of a setting. */
  public static boolean endsWithName(String words) {
    return ALL.stream().anyMatch(setting -> words.endsWith("." + setting.name()));
  }

  /**
   * The index in a name such as {@code users.on.failure} at which that of the setting starts: after
   * the dot that leaves the name nearest to a known one, the longest of several. 0 if there is no
   * such dot, or if the whole is the name of a setting and no part is.
   */
  public static int startOfSetting(String words) {
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

  /** Whether a setting can be set for one cache. */
  public static boolean isForCaches(Setting<?> setting) {
    return setting.scope() != Setting.Scope.MANAGER;
  }

  /** Whether the property of this name is a secret. */
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
