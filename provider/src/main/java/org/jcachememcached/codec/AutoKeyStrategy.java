package org.jcachememcached.codec;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Keys as readable as their type and length allow: a {@link ReadableKey}, else {@code b.} and the
 * canonical form in URL-safe base64, else {@code h.} and the hash of the canonical form.
 * Thread-safe.
 */
final class AutoKeyStrategy implements KeyStrategy {

  private static final String BASE64_MARK = "b.";
  private static final String HASH_MARK = "h.";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final CanonicalForm canonicalForm;

  AutoKeyStrategy(CanonicalForm canonicalForm) {
    this.canonicalForm = canonicalForm;
  }

  @Override
  public EncodedKey encode(String prefix, Object key) {
    ReadableKey<?> readable = ReadableKey.of(key.getClass());
    if (readable != null) {
      String text = readable.print(key);
      if (prefix.length() + readable.mark().length() + text.length() <= MAX_WIRE_LENGTH
          && Text.isPrintableAscii(text)) {
        return new EncodedKey(prefix + readable.mark() + text, null);
      }
    }
    return encodeCanonically(prefix, canonicalForm.encode(key));
  }

  private static EncodedKey encodeCanonically(String prefix, byte[] canonical) {
    if (prefix.length() + BASE64_MARK.length() + base64Length(canonical) <= MAX_WIRE_LENGTH) {
      return new EncodedKey(prefix + BASE64_MARK + BASE64.encodeToString(canonical), null);
    }
    return new EncodedKey(prefix + HASH_MARK + Sha256.of(canonical), canonical);
  }

  private static long base64Length(byte[] bytes) {
    return (bytes.length * 4L + 2) / 3;
  }

  @Override
  public Object decode(String body, byte @Nullable [] original) {
    if (body.startsWith(BASE64_MARK)) {
      return canonicalForm.decode(fromBase64(body.substring(BASE64_MARK.length())));
    }
    if (body.startsWith(HASH_MARK)) {
      return canonicalForm.decode(originalOf(body.substring(HASH_MARK.length()), original));
    }
    return ReadableKey.read(body);
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

  private static byte[] originalOf(String hash, byte @Nullable [] original) {
    if (original == null) {
      throw new CodecException("The hashed key " + hash + " came without its original", null);
    }
    if (!Sha256.of(original).equals(hash)) {
      throw new CodecException(
          "The hashed key " + hash + " came with another key's original", null);
    }
    return original;
  }
}
