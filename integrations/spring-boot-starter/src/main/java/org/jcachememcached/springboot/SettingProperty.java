package org.jcachememcached.springboot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * A property of Spring's environment below {@code memcached}. Immutable.
 *
 * @param name the property, for a list without the index
 * @param isList whether the value is a list
 * @param cache the cache that the property belongs to; null if it concerns all
 * @param setting what is set, such as {@code on.failure}; null if a cache is declared only
 */
record SettingProperty(
    ConfigurationPropertyName name,
    boolean isList,
    @Nullable String cache,
    @Nullable String setting) {

  private static final String CACHES = "caches";

  /** Reads the name of a property. */
  static SettingProperty of(ConfigurationPropertyName found) {
    boolean isList = found.isLastElementIndexed() && found.isNumericIndex(last(found));
    ConfigurationPropertyName name = isList ? found.getParent() : found;
    List<String> words = wordsOf(name);
    return words.size() > 1 && words.get(0).equals(CACHES)
        ? new SettingProperty(name, isList, words.get(1), joined(words.subList(2, words.size())))
        : new SettingProperty(name, isList, null, joined(words));
  }

  private static int last(ConfigurationPropertyName name) {
    return name.getNumberOfElements() - 1;
  }

  private static List<String> wordsOf(ConfigurationPropertyName name) {
    List<String> words = new ArrayList<>();
    for (int i = 1; i <= last(name); i++) {
      words.add(name.getElement(i, Form.ORIGINAL));
    }
    return words;
  }

  private static @Nullable String joined(List<String> words) {
    // YAML takes the key "on" for a truth value, as in "on: {failure: throw}".
    return words.isEmpty()
        ? null
        : words.stream()
            .map(word -> word.equals("true") ? "on" : word)
            .collect(Collectors.joining("."));
  }

  /** Whether its value is the names of caches. */
  boolean declaresCaches() {
    return cache == null && CACHES.equals(setting);
  }
}
