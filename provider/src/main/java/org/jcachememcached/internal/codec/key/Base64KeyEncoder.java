package org.jcachememcached.internal.codec.key;

import java.util.Base64;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.codec.canonical.CanonicalCodec;
import org.jcachememcached.internal.store.Command;
import org.jspecify.annotations.Nullable;

/**
 * Keys in their canonical form: {@code b.} and its URL-safe base64 while that fits on the wire,
 * else its hash. Thread-safe.
 */
final class Base64KeyEncoder implements KeyEncoder {

  private static final String MARK = "b.";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final CanonicalCodec canonicalCodec;
  private final HashKeyEncoder hashes;

  Base64KeyEncoder(CanonicalCodec canonicalCodec) {
    this.canonicalCodec = canonicalCodec;
    this.hashes = new HashKeyEncoder(canonicalCodec, Sha256::of);
  }

  @Override
  public EncodedKey encode(String prefix, Object key) {
    byte[] canonical = canonicalCodec.encode(key);
    return prefix.length() + MARK.length() + base64Length(canonical) <= Command.MAX_KEY_LENGTH
        ? new EncodedKey(prefix + MARK + BASE64.encodeToString(canonical), null)
        : hashes.encodeCanonical(prefix, canonical);
  }

  private static long base64Length(byte[] bytes) {
    return (bytes.length * 4L + 2) / 3;
  }

  /** Whether {@link #encode} writes keys like that. */
  static boolean writes(String body) {
    return body.startsWith(MARK) || HashKeyEncoder.writes(body);
  }

  @Override
  public boolean isHash(String body) {
    return hashes.isHash(body);
  }

  @Override
  public Object decode(String body, byte @Nullable [] original) {
    if (HashKeyEncoder.writes(body)) {
      return hashes.decode(body, original);
    }
    refuseOriginal(body, original);
    if (!body.startsWith(MARK)) {
      throw new CodecException("The key " + body + " begins with neither b. nor h.", null);
    }
    return canonicalCodec.decode(fromBase64(body.substring(MARK.length())));
  }

  /** A canonical form that came with the value belongs to a hashed key, not to this one. */
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
    // The decoder also accepts padding and stray bits: one key would have two wire keys.
    if (!BASE64.encodeToString(bytes).equals(text)) {
      throw new CodecException("The key " + text + " is not in its shortest base64 form", null);
    }
    return bytes;
  }
}
