package org.jcachememcached.faults;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value that says whose it is, which of its key's versions, and how long, so that a foreign or a
 * torn one is known. Immutable.
 */
record Versioned(String key, long version, int padding) {

  private static final Pattern FORM = Pattern.compile("([^|]+)\\|(\\d+)\\|(\\d+)\\|(x*)");

  String text() {
    return key + '|' + version + '|' + padding + '|' + "x".repeat(padding);
  }

  /** Reads what was stored below a key; null when it is not one of its values. */
  static @Nullable Versioned of(String key, String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || !form.group(1).equals(key)) {
      return null;
    }
    int padding = Integer.parseInt(form.group(3));
    return form.group(4).length() == padding
        ? new Versioned(key, Long.parseLong(form.group(2)), padding)
        : null;
  }
}
