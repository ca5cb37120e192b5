package org.jcachememcached.internal.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names that look as if they were ours and are read by nobody. They may belong to somebody else, so
 * they are no mistake; a sentence for the log says what they should be if they are one. Stateless.
 */
final class UnreadNames {

  private static final int MOST_EDITS = 2;

  private UnreadNames() {}

  /** Properties that are a setting but for their prefix. */
  static List<String> ofProperties(Collection<String> names) {
    List<String> sentences = new ArrayList<>();
    for (String name : names) {
      String setting = settingOf(name);
      if (setting != null) {
        sentences.add(
            "The property %s is not read; the setting is the property %s"
                .formatted(name, Setting.PROPERTY_PREFIX + setting));
      }
    }
    return sentences;
  }

  private static @Nullable String settingOf(String property) {
    if (property.startsWith(Setting.PROPERTY_PREFIX)) {
      return null;
    }
    if (isSetting(property)) {
      return property;
    }
    int dot = property.indexOf('.') + 1;
    String rest = property.substring(dot);
    return isLikePrefix(property.substring(0, dot)) && isSetting(rest) ? rest : null;
  }

  private static boolean isSetting(String name) {
    return SettingCatalog.isName(name)
        || (name.startsWith(Setting.CACHE_PREFIX)
            && SettingCatalog.endsWithName(name.substring(Setting.CACHE_PREFIX.length())));
  }

  private static boolean isLikePrefix(String words) {
    return words.equals(FileFinder.ROOT + ".")
        || isLike(words.toLowerCase(Locale.ROOT), Setting.PROPERTY_PREFIX);
  }

  /**
   * Environment variables that are like one of ours, where nobody says what that one would say.
   *
   * @param given what is said of settings
   */
  static List<String> ofEnvironment(Collection<String> names, Map<Setting<?>, SettingValue> given) {
    Map<String, Setting<?>> missing = new HashMap<>();
    Environment.VARIABLES.forEach((setting, variable) -> missing.put(variable, setting));
    missing.put(Environment.URI_VARIABLE, ConnectionSettings.SERVERS);
    missing.values().removeIf(given::containsKey);
    List<String> sentences = new ArrayList<>();
    for (String name : names) {
      missing.keySet().stream()
          .filter(variable -> !variable.equals(name) && isLike(name, variable))
          .findFirst()
          .ifPresent(
              variable ->
                  sentences.add(
                      "The environment variable %s is not read; the nearest that is, is %s"
                          .formatted(name, variable)));
    }
    return sentences;
  }

  /** Blocks of the application's configuration that are like ours, where ours is not there. */
  static List<String> ofBlocks(Collection<String> names) {
    return names.stream()
        .filter(name -> isLike(name.toLowerCase(Locale.ROOT), FileFinder.ROOT))
        .map(
            name ->
                "The block %s in the configuration of the application is not read; the name is %s"
                    .formatted(name, FileFinder.ROOT))
        .toList();
  }

  private static boolean isLike(String name, String known) {
    return Math.abs(name.length() - known.length()) <= MOST_EDITS
        && EditDistance.between(name, known) <= MOST_EDITS;
  }
}
