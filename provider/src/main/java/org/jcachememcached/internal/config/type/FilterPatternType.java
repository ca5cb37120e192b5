package org.jcachememcached.internal.config.type;

import java.io.ObjectInputFilter;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Patterns of class names as in the JVM option {@code jdk.serialFilter}, without its limits, which
 * are separate settings here. The JDK treats blanks, and stars other than at the end, as parts of a
 * name that no class has, so that {@code "a.*; !*"} would reject nothing: here blanks around a
 * pattern are removed and such stars are rejected. Immutable.
 */
public record FilterPatternType() implements ValueType<String> {

  private static final Pattern PATTERN = Pattern.compile("!?[^*=\\s]*(\\*|\\.\\*\\*)?");

  @Override
  public String parse(String text) {
    List<String> patterns =
        Arrays.stream(text.split(";"))
            .map(String::strip)
            .filter(pattern -> !pattern.isEmpty())
            .toList();
    for (String pattern : patterns) {
      if (!PATTERN.matcher(pattern).matches()) {
        throw new IllegalArgumentException(pattern + " is no pattern");
      }
      ObjectInputFilter.Config.createFilter(pattern);
    }
    return String.join(";", patterns);
  }

  @Override
  public String allowed() {
    return "patterns of class names as in jdk.serialFilter, separated by semicolons, like"
        + " com.acme.**;java.base/*;!* (limits such as maxdepth are settings of their own:"
        + " deserialization.max.depth and so on)";
  }
}
