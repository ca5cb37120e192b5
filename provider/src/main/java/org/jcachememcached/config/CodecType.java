package org.jcachememcached.config;

import java.util.Set;
import java.util.regex.Pattern;

/** The name of a codec, or of a class that is one. Immutable. */
record CodecType() implements ValueType<String> {

  private static final Set<String> KNOWN = Set.of("java", "string", "bytes", "json");
  private static final Pattern CLASS_NAME =
      Pattern.compile(
          "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
              + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)+");

  @Override
  public String parse(String text) {
    if (!KNOWN.contains(text) && !CLASS_NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  @Override
  public String allowed() {
    return "java, string, bytes, json or the full name of a class that implements ValueCodec";
  }
}
