package org.jcachememcached.internal.config.type;

import java.util.regex.Pattern;

/**
 * Full names of classes, as {@link Class#forName(String)} takes them. Whether such a class exists
 * is checked later, where its class loader is known. Immutable.
 *
 * @param role what the class is, in words that follow "a class that"
 */
public record ClassNameType(String role) implements ValueType<String> {

  // A name without a package is more likely a mistake than a class.
  private static final Pattern FORM =
      Pattern.compile(
          "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
              + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)+");

  /**
   * The class name that a text is.
   *
   * @throws IllegalArgumentException if it does not have the form of one
   */
  public static String nameIn(String text) {
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
