package org.jcachememcached.internal.config;

/**
 * What the values of a setting look like. Implementations are immutable.
 *
 * @param <T> what a value is in the program
 */
public interface ValueType<T> {

  /**
   * The value that a text means.
   *
   * @throws IllegalArgumentException if the text means none that is allowed
   */
  T parse(String text);

  /** The allowed values, in words that follow "must be". */
  String allowed();

  /** Whether a value must not be shown, be it in a message, a log or a URI. */
  default boolean isSecret() {
    return false;
  }
}
