package org.jcachememcached.internal.config.type;

/**
 * The kind of the values of a setting. Implementations are immutable.
 *
 * @param <T> the Java type of a value
 */
public interface ValueType<T> {

  /**
   * The value of a text.
   *
   * @throws IllegalArgumentException if the text is not an allowed value
   */
  T parse(String text);

  /** The allowed values, in words that follow "must be". */
  String allowed();

  /** Whether values must not be shown in messages, logs and URIs. */
  default boolean isSecret() {
    return false;
  }
}
