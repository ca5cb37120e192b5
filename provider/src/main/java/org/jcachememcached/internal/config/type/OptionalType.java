package org.jcachememcached.internal.config.type;

/**
 * Values that may be absent, which is written as an empty text. Immutable.
 *
 * @param type the kind of a value that is present
 * @param absent the value for an empty text
 * @param <T> the Java type of a value
 */
public record OptionalType<T>(ValueType<T> type, T absent) implements ValueType<T> {

  @Override
  public T parse(String text) {
    return text.isBlank() ? absent : type.parse(text);
  }

  @Override
  public String allowed() {
    return "nothing, or " + type.allowed();
  }
}
