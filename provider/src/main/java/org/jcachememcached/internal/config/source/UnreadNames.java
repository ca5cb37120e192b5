package org.jcachememcached.internal.config.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.EditDistance;
import org.jcachememcached.internal.config.Setting;
import org.jcachememcached.internal.config.SettingCatalog;
import org.jcachememcached.internal.config.SettingValue;
import org.jspecify.annotations.Nullable;

/**
 * Finds names that resemble ours and are not read. They may belong to other software, so they are
 * no errors; a sentence for the log gives the name that was probably meant. Stateless.
 */
final class UnreadNames {

  private static final int MOST_EDITS = 2;

  private UnreadNames() {}

  /** Properties that are settings except for their prefix. */
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
   * Environment variables that resemble one of ours whose setting no source gives.
   *
   * @param given the settings that sources give
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

  /** Blocks of the application's configuration that resemble ours, if ours is absent. */
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
