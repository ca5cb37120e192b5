package org.jcachememcached.internal.config.type;

import java.util.regex.Pattern;

/**
 * Prefixes of keys: printable ASCII without spaces, in which {@code {application}} and {@code
 * {cache}} stand for the names. Immutable.
 */
public record KeyPrefixType() implements ValueType<String> {

  private static final Pattern PREFIX =
      Pattern.compile("(?:[!-z|~]|\\{application\\}|\\{cache\\}){1,120}");

  @Override
  public String parse(String text) {
    if (!PREFIX.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  @Override
  public String allowed() {
    return "1 to 120 characters of printable ASCII without spaces and braces, where {application}"
        + " and {cache} stand for the names";
  }
}
