package org.jcachememcached.internal.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jcachememcached.api.CodecException;

/**
 * The types of keys and values of a cache, checked for objects that come from the store. Immutable.
 *
 * @param keyType the configured type of keys; {@code Object} allows all
 * @param valueType the configured type of values; {@code Object} allows all
 */
public record EntryTypes<K, V>(Class<K> keyType, Class<V> valueType) {

  /** Keys of these types are equal regardless of their class, which is not stored. */
  private static final List<Class<?>> CLASSLESS =
      List.of(List.class, Set.class, Map.class, Map.Entry.class);

  /**
   * The object as a key.
   *
   * @throws CodecException if it is of another type
   */
  @SuppressWarnings("unchecked") // A collection represents an equal one of the configured class.
  K requireKey(Object key) {
    if (keyType.isInstance(key) || isOfClasslessType(key)) {
      return (K) key;
    }
    throw wrongType("key", key, keyType);
  }

  /**
   * The object as a value.
   *
   * @throws CodecException if it is of another type
   */
  V requireValue(Object value) {
    if (valueType.isInstance(value)) {
      return valueType.cast(value);
    }
    throw wrongType("value", value, valueType);
  }

  private boolean isOfClasslessType(Object key) {
    return CLASSLESS.stream()
        .anyMatch(type -> type.isAssignableFrom(keyType) && type.isInstance(key));
  }

  private static CodecException wrongType(String what, Object found, Class<?> wanted) {
    return new CodecException(
        "The %s is a %s, this cache is configured for a %s"
            .formatted(what, found.getClass().getName(), wanted.getName()),
        null);
  }
}
