package org.jcachememcached.internal.config.type;

import java.util.regex.Pattern;

/**
 * Texts that are shown to the server only. Immutable.
 *
 * @param form what the whole text must match
 * @param allowed the form in words
 */
public record SecretType(Pattern form, String allowed) implements ValueType<String> {

  @Override
  public boolean isSecret() {
    return true;
  }

  @Override
  public String parse(String text) {
    return new TextType(form, allowed).parse(text);
  }
}
