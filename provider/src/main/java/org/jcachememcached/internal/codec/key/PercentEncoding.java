package org.jcachememcached.internal.codec.key;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Writes any name as ASCII letters, digits, {@code - . _}, with {@code %} before everything else.
 * Different names stay different. Stateless.
 *
 * <p>What UTF-8 can represent is escaped as in URLs, byte by byte ({@code %C3%A9}); a lone
 * surrogate, which it cannot, is written {@code %uD83D}.
 *
 * <p>A name whose encoding would exceed {@link #MAX_LENGTH} is shortened to its beginning, a {@code
 * ~} (which no other encoding contains) and its SHA-256.
 */
final class PercentEncoding {

  /** The most characters that an encoded name has. */
  static final int MAX_LENGTH = 89;

  private static final char HASH_MARK = '~';
  private static final int MAX_HEAD = MAX_LENGTH - Sha256.LENGTH - 1;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PercentEncoding() {}

  static String encode(String name) {
    StringBuilder encoded = new StringBuilder(name.length());
    int head = 0;
    for (int i = 0; i < name.length(); i = name.offsetByCodePoints(i, 1)) {
      append(encoded, name.codePointAt(i));
      if (encoded.length() <= MAX_HEAD) {
        head = encoded.length();
      }
    }
    return encoded.length() <= MAX_LENGTH ? encoded.toString() : shorten(encoded.toString(), head);
  }

  private static String shorten(String encoded, int head) {
    String hash = Sha256.of(encoded.getBytes(StandardCharsets.US_ASCII));
    return encoded.substring(0, head) + HASH_MARK + hash;
  }

  private static void append(StringBuilder encoded, int codePoint) {
    if (isSafe(codePoint)) {
      encoded.append((char) codePoint);
    } else if (isLoneSurrogate(codePoint)) {
      encoded.append("%u").append(HEX.toHexDigits((char) codePoint));
    } else {
      for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
  }

  private static boolean isSafe(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_';
  }

  private static boolean isLoneSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
