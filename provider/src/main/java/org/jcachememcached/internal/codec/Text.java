package org.jcachememcached.internal.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jcachememcached.api.CodecException;

/**
 * Strings to bytes and back without loss. The conversions of the JDK replace what they cannot
 * represent; these reject it. Stateless.
 */
public final class Text {

  private static final char REPLACEMENT = '\uFFFD';

  private Text() {}

  /** Whether UTF-8 can represent the string: whether each surrogate is part of a pair. */
  public static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!startsPair(text, i)) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static boolean startsPair(String text, int index) {
    return index + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1));
  }

  /** Whether each character is visible ASCII, so that memcached accepts the string as a key. */
  public static boolean isPrintableAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  /** Decodes UTF-8. */
  public static String fromUtf8(byte[] data, int offset, int length) {
    String text = new String(data, offset, length, StandardCharsets.UTF_8);
    // Malformed bytes become the replacement character, which may also have been in the string.
    if (text.indexOf(REPLACEMENT) >= 0) {
      refuseMalformed(data, offset, length);
    }
    return text;
  }

  private static void refuseMalformed(byte[] data, int offset, int length) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data, offset, length));
    } catch (CharacterCodingException e) {
      throw new CodecException("These " + length + " bytes are not UTF-8", e);
    }
  }

  /** Two bytes per character, the high one first; accepts any string, lone surrogates included. */
  public static byte[] toUtf16(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length() * Character.BYTES);
    bytes.asCharBuffer().put(text);
    return bytes.array();
  }

  /** Decodes what {@link #toUtf16} encoded. */
  public static String fromUtf16(byte[] data, int offset, int length) {
    if (length % Character.BYTES != 0) {
      throw new CodecException(length + " bytes are not UTF-16: their number is odd", null);
    }
    return ByteBuffer.wrap(data, offset, length).asCharBuffer().toString();
  }
}
