package org.jcachememcached.internal.config;

import java.util.regex.Pattern;

/**
 * Texts that nobody but the server is to see. Immutable.
 *
 * @param form what the whole text must match
 * @param allowed the form in words
 */
record SecretType(Pattern form, String allowed) implements ValueType<String> {

  @Override
  public boolean isSecret() {
    return true;
  }

  @Override
  public String parse(String text) {
    return new TextType(form, allowed).parse(text);
  }
}
