package org.jcachememcached.internal.config;

import java.util.regex.Pattern;

/**
 * Full names of classes, as {@link Class#forName(String)} takes them. Whether there is such a class
 * is for those to find out who know its class loader. Immutable.
 *
 * @param role what the class is, in words that follow "a class that"
 */
record ClassNameType(String role) implements ValueType<String> {

  // A name without a package is more often a slip of the pen than a class.
  private static final Pattern FORM =
      Pattern.compile(
          "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
              + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)+");

  /** The name that a text is, if it has the form of one. */
  static String nameIn(String text) {
    String name = text.strip();
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(text);
    }
    return name;
  }

  @Override
  public String parse(String text) {
    return nameIn(text);
  }

  @Override
  public String allowed() {
    return "the full name of a class that " + role;
  }
}
