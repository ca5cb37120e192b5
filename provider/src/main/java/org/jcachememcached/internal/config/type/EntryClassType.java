package org.jcachememcached.internal.config.type;

/**
 * Names of the classes of keys and values, in the form that {@link Class#forName(String)} takes.
 * Immutable.
 */
public record EntryClassType() implements ValueType<String> {

  @Override
  public String parse(String text) {
    return text.strip().equals("byte[]") ? byte[].class.getName() : ClassNameType.nameIn(text);
  }

  @Override
  public String allowed() {
    return "the full name of a class, or byte[]";
  }
}
