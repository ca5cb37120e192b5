package org.jcachememcached.internal.codec.key;

import org.jcachememcached.internal.codec.Text;
import org.jcachememcached.internal.codec.canonical.CanonicalCodec;
import org.jcachememcached.internal.store.Command;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are readable where their type and length allow it: a {@link ReadableKey}, else their
 * canonical form in base64 or as its hash. Thread-safe.
 */
final class AutoKeyEncoder implements KeyEncoder {

  private final Base64KeyEncoder canonical;

  AutoKeyEncoder(CanonicalCodec canonicalCodec) {
    this.canonical = new Base64KeyEncoder(canonicalCodec);
  }

  @Override
  public EncodedKey encode(String prefix, Object key) {
    ReadableKey readable = ReadableKey.of(key.getClass());
    if (readable != null) {
      String text = readable.print(key);
      if (prefix.length() + readable.mark().length() + text.length() <= Command.MAX_KEY_LENGTH
          && Text.isPrintableAscii(text)) {
        return new EncodedKey(prefix + readable.mark() + text, null);
      }
    }
    return canonical.encode(prefix, key);
  }

  @Override
  public boolean isHash(String body) {
    return canonical.isHash(body);
  }

  @Override
  public Object decode(String body, byte @Nullable [] original) {
    if (Base64KeyEncoder.writes(body)) {
      return canonical.decode(body, original);
    }
    Base64KeyEncoder.refuseOriginal(body, original);
    return ReadableKey.read(body);
  }
}
