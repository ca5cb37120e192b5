package org.jcachememcached.internal.config;

import static java.util.Comparator.comparingInt;

import java.util.Collection;

/** The number of letters to insert, remove or exchange between two words. Stateless. */
public final class EditDistance {

  private EditDistance() {}

  /** The known word that needs the fewest edits; the first of several. */
  public static String nearest(String word, Collection<String> known) {
    return known.stream().min(comparingInt(candidate -> between(word, candidate))).orElseThrow();
  }

  /** Whether at least half of the longer word is in the other. */
  static boolean isNear(String word, String other) {
    return 2 * between(word, other) <= Math.max(word.length(), other.length());
  }

  /** The number of edits that turn one word into the other. */
  public static int between(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int exchanged = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
