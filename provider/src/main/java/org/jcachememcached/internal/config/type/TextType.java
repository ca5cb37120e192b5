package org.jcachememcached.internal.config.type;

import java.util.regex.Pattern;

/**
 * Texts of a form, used unchanged. Immutable.
 *
 * @param form what the whole text must match
 * @param allowed the form in words
 */
public record TextType(Pattern form, String allowed) implements ValueType<String> {

  @Override
  public String parse(String text) {
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException("not " + allowed);
    }
    return text;
  }
}
