package org.jcachememcached.internal.config;

/**
 * Names of the classes that keys and values are of. A value is the name that {@link
 * Class#forName(String)} takes. Immutable.
 */
record EntryClassType() implements ValueType<String> {

  @Override
  public String parse(String text) {
    return text.strip().equals("byte[]") ? byte[].class.getName() : ClassNameType.nameIn(text);
  }

  @Override
  public String allowed() {
    return "the full name of a class, or byte[]";
  }
}
