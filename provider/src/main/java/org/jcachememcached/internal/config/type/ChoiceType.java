package org.jcachememcached.internal.config.type;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One of the constants of an enum, written in lower case. Immutable.
 *
 * @param <E> the enum
 */
public record ChoiceType<E extends Enum<E>>(Class<E> choices) implements ValueType<E> {

  @Override
  public E parse(String text) {
    for (E choice : choices.getEnumConstants()) {
      if (nameOf(choice).equals(text)) {
        return choice;
      }
    }
    throw new IllegalArgumentException(text);
  }

  @Override
  public String allowed() {
    return Arrays.stream(choices.getEnumConstants())
        .map(ChoiceType::nameOf)
        .collect(Collectors.joining(" or "));
  }

  private static String nameOf(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
