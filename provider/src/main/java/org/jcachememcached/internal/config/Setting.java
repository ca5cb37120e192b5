package org.jcachememcached.internal.config;

import java.util.Map;
import java.util.Objects;
import org.jcachememcached.internal.config.type.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * The description of one setting; {@link SettingCatalog#ALL} lists all settings. Immutable.
 *
 * @param name as a parameter of the manager's URI; as a property it has {@link #PROPERTY_PREFIX}
 *     before it
 * @param scope what it belongs to
 * @param type the kind of its values
 * @param defaultText its value if no source gives another
 * @param meaning its purpose, in one sentence
 * @param <T> the Java type of its value
 */
public record Setting<T>(
    String name, Scope scope, ValueType<T> type, String defaultText, String meaning) {

  /** What a setting belongs to. */
  public enum Scope {
    /**
     * The connections to the servers. Caches that share connections have the same value; a cache
     * whose value differs from its manager's has connections of its own.
     */
    CONNECTION,
    /** One manager. */
    MANAGER,
    /** One cache; the value of its manager is the default. */
    CACHE
  }

  /** The prefix of our properties; all others belong to other libraries. */
  public static final String PROPERTY_PREFIX = "memcached.";

  /** The prefix of the settings of one cache, before the name of the cache. */
  public static final String CACHE_PREFIX = "cache.";

  /** There is one setting of each name, and each is a key of many maps. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** The setting as a property of a manager. */
  public String propertyName() {
    return PROPERTY_PREFIX + name;
  }

  @SuppressWarnings("unchecked") // A setting is only mapped to values that its type parsed.
  T in(Map<Setting<?>, Object> values) {
    return (T) Objects.requireNonNull(values.get(this), name);
  }

  /** Its value if no source gives another. */
  public T defaultValue() {
    return type.parse(defaultText);
  }

  /**
   * The value that a source gives, or the default if none does.
   *
   * @throws IllegalArgumentException if the value is not allowed
   */
  public T valueOf(@Nullable SettingValue given) {
    return given == null ? defaultValue() : parse(given);
  }

  /**
   * The value that a source gives.
   *
   * @throws IllegalArgumentException if the value is not allowed; the message says what is
   */
  public T parse(SettingValue given) {
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
