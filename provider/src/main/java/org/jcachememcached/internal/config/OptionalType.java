package org.jcachememcached.internal.config;

/**
 * Values that may be absent, which is written as nothing. Immutable.
 *
 * @param type what a value looks like if there is one
 * @param absent what stands for none in the program
 * @param <T> what a value is in the program
 */
record OptionalType<T>(ValueType<T> type, T absent) implements ValueType<T> {

  @Override
  public T parse(String text) {
    return text.isBlank() ? absent : type.parse(text);
  }

  @Override
  public String allowed() {
    return "nothing, or " + type.allowed();
  }
}
