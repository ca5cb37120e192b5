package org.jcachememcached.internal.config.type;

/** {@code true} or {@code false}. Immutable. */
public record BooleanType() implements ValueType<Boolean> {

  @Override
  public Boolean parse(String text) {
    return switch (text.strip()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  @Override
  public String allowed() {
    return "true or false";
  }
}
