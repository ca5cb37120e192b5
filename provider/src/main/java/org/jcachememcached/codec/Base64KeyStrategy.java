package org.jcachememcached.codec;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Keys in their canonical form: {@code b.} and its URL-safe base64 while that fits on the wire,
 * else the hash that another strategy makes of it. Thread-safe.
 */
final class Base64KeyStrategy implements KeyStrategy {

  private static final String MARK = "b.";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final CanonicalForm canonicalForm;
  private final HashKeyStrategy hashes;

  Base64KeyStrategy(CanonicalForm canonicalForm) {
    this.canonicalForm = canonicalForm;
    this.hashes = new HashKeyStrategy(canonicalForm, Sha256::of);
  }

  @Override
  public EncodedKey encode(String prefix, Object key) {
    byte[] canonical = canonicalForm.encode(key);
    return prefix.length() + MARK.length() + base64Length(canonical) <= MAX_WIRE_LENGTH
        ? new EncodedKey(prefix + MARK + BASE64.encodeToString(canonical), null)
        : hashes.encodeCanonical(prefix, canonical);
  }

  private static long base64Length(byte[] bytes) {
    return (bytes.length * 4L + 2) / 3;
  }

  /** Whether that is how {@link #encode} writes keys. */
  static boolean writes(String body) {
    return body.startsWith(MARK) || HashKeyStrategy.writes(body);
  }

  @Override
  public Object decode(String body, byte @Nullable [] original) {
    if (HashKeyStrategy.writes(body)) {
      return hashes.decode(body, original);
    }
    refuseOriginal(body, original);
    if (!body.startsWith(MARK)) {
      throw new CodecException("The key " + body + " begins with neither b. nor h.", null);
    }
    return canonicalForm.decode(fromBase64(body.substring(MARK.length())));
  }

  /** What says of itself that it belongs to a hashed key does not belong to this one. */
  static void refuseOriginal(String body, byte @Nullable [] original) {
    if (original != null) {
      throw new CodecException("The key " + body + " came with the original of a hash", null);
    }
  }

  private static byte[] fromBase64(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new CodecException("The key " + text + " is not base64", e);
    }
    // The decoder takes padding and stray bits too, which would make two wire keys of one key.
    if (!BASE64.encodeToString(bytes).equals(text)) {
      throw new CodecException("The key " + text + " is not in its shortest base64 form", null);
    }
    return bytes;
  }
}
