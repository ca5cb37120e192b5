package org.jcachememcached.internal.codec.key;

import java.util.function.Function;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.codec.canonical.CanonicalCodec;
import org.jcachememcached.internal.store.Command;
import org.jspecify.annotations.Nullable;

/**
 * Keys as {@code h.} and a hash of their canonical form, which is stored with the value.
 * Thread-safe.
 */
final class HashKeyEncoder implements KeyEncoder {

  private static final String MARK = "h.";

  private final CanonicalCodec canonicalCodec;
  private final Function<byte[], String> hash;

  /**
   * @param hash returns printable ASCII, always of the same length; short enough for the wire
   */
  HashKeyEncoder(CanonicalCodec canonicalCodec, Function<byte[], String> hash) {
    this.canonicalCodec = canonicalCodec;
    this.hash = hash;
  }

  /**
   * With a message digest of this JVM, in hexadecimal.
   *
   * @throws IllegalArgumentException if prefix and hash are longer than a key may be
   */
  static HashKeyEncoder hexadecimal(
      CanonicalCodec canonicalCodec, String prefix, HexDigest digest) {
    int length = prefix.length() + MARK.length() + digest.length();
    if (length > Command.MAX_KEY_LENGTH) {
      throw new IllegalArgumentException(
          "Keys that begin with %s and are hashed with %s have %d characters, memcached takes %d"
              .formatted(prefix, digest, length, Command.MAX_KEY_LENGTH));
    }
    return new HashKeyEncoder(canonicalCodec, digest::of);
  }

  @Override
  public EncodedKey encode(String prefix, Object key) {
    return encodeCanonical(prefix, canonicalCodec.encode(key));
  }

  EncodedKey encodeCanonical(String prefix, byte[] canonical) {
    return new EncodedKey(prefix + MARK + hash.apply(canonical), canonical);
  }

  /** Whether {@link #encode} writes keys like that. */
  static boolean writes(String body) {
    return body.startsWith(MARK);
  }

  @Override
  public boolean isHash(String body) {
    return writes(body);
  }

  @Override
  public Object decode(String body, byte @Nullable [] original) {
    if (!writes(body)) {
      throw new CodecException("The key " + body + " is no hash: it does not begin with h.", null);
    }
    if (original == null) {
      throw new CodecException("The hashed key " + body + " came without its original", null);
    }
    if (!body.equals(MARK + hash.apply(original))) {
      throw new CodecException(
          "The hashed key " + body + " came with another key's original", null);
    }
    return canonicalCodec.decode(original);
  }
}
