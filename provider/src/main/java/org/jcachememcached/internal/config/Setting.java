package org.jcachememcached.internal.config;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The description of one setting; {@link SettingCatalog#ALL} of them are the reference of what can
 * be set. Immutable.
 *
 * @param name as a parameter of the manager's URI; as a property it has {@link #PROPERTY_PREFIX}
 *     before it
 * @param scope what it belongs to
 * @param type what its values look like
 * @param defaultText its value where nobody says another
 * @param meaning what it is for, in one sentence
 * @param <T> what its value is in the program
 */
public record Setting<T>(
    String name, Scope scope, ValueType<T> type, String defaultText, String meaning) {

  /** What a setting belongs to. */
  public enum Scope {
    /**
     * The connections to the servers: caches that share them agree on it. A cache that is set to
     * something else than its manager has connections of its own.
     */
    CONNECTION,
    /** One manager. */
    MANAGER,
    /** One cache; what its manager is set to counts unless the cache is set to something else. */
    CACHE
  }

  /** What the names of our properties start with; all others are somebody else's. */
  public static final String PROPERTY_PREFIX = "memcached.";

  /** What the names of settings of one cache start with, before the name of the cache. */
  public static final String CACHE_PREFIX = "cache.";

  /** The setting as a property of a manager. */
  public String propertyName() {
    return PROPERTY_PREFIX + name;
  }

  @SuppressWarnings("unchecked") // Only its own values are ever put below a setting.
  T in(Map<Setting<?>, Object> values) {
    return (T) Objects.requireNonNull(values.get(this), name);
  }

  /** Its value where nobody says another. */
  public T defaultValue() {
    return type.parse(defaultText);
  }

  /** The value that was given, or the default where none was. */
  T valueOf(@Nullable SettingValue given) {
    return given == null ? defaultValue() : parse(given);
  }

  T parse(SettingValue given) {
    try {
      return type.parse(given.text());
    } catch (IllegalArgumentException e) {
      String found = type.isSecret() ? "not shown" : '"' + given.text() + '"';
      throw new IllegalArgumentException(
          "The setting %s in %s is %s, but must be %s"
              .formatted(name, given.origin(), found, type.allowed()),
          e);
    }
  }
}
