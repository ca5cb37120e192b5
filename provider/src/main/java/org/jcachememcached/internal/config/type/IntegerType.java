package org.jcachememcached.internal.config.type;

/**
 * Whole numbers in a range. Immutable.
 *
 * @param min the least allowed
 * @param max the greatest allowed
 */
public record IntegerType(int min, int max) implements ValueType<Integer> {

  @Override
  public Integer parse(String text) {
    int value = Integer.parseInt(text.strip());
    if (value < min || value > max) {
      throw new IllegalArgumentException(value + " is out of range");
    }
    return value;
  }

  @Override
  public String allowed() {
    return "a whole number from " + min + " to " + max;
  }
}
