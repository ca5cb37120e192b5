package org.jcachememcached.internal.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jcachememcached.internal.config.ExpiryRule.Kind;
import org.jcachememcached.internal.config.type.ClassNameType;
import org.jcachememcached.internal.config.type.DurationType;
import org.jcachememcached.internal.config.type.ValueType;

/** Rules of expiry: a word, a word and a duration, or the name of a class. Immutable. */
record ExpiryType() implements ValueType<ExpiryRule> {

  private static final DurationType DURATION =
      new DurationType(Duration.ofMillis(1), Duration.ofDays(3650));

  private static final Set<String> WORDS = Set.of("created", "accessed", "modified", "touched");
  private static final Pattern WORD_AND_DURATION = Pattern.compile("(?<word>\\w+)\\s+(?<rest>.+)");

  @Override
  public ExpiryRule parse(String text) {
    String stripped = text.strip();
    if (stripped.equals("eternal")) {
      return new ExpiryRule(Kind.ETERNAL, Duration.ZERO, "");
    }
    Matcher parts = WORD_AND_DURATION.matcher(stripped);
    if (parts.matches() && WORDS.contains(parts.group("word"))) {
      Kind kind = Kind.valueOf(parts.group("word").toUpperCase(Locale.ROOT));
      return new ExpiryRule(kind, DURATION.parse(parts.group("rest")), "");
    }
    return new ExpiryRule(Kind.CLASS, Duration.ZERO, ClassNameType.nameIn(stripped));
  }

  @Override
  public String allowed() {
    return "eternal; or created, accessed, modified or touched, and "
        + DURATION.allowed()
        + "; or the full name of a class that is an ExpiryPolicy or a Factory of one";
  }
}
