package org.jcachememcached.internal.codec.key;

import java.util.List;
import java.util.UUID;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.codec.Text;
import org.jcachememcached.internal.store.Command;
import org.jspecify.annotations.Nullable;

/**
 * Keys of one type as their text, without a mark for the type, as clients in other languages write
 * them. A key that memcached does not accept as it is cannot be encoded. Thread-safe.
 */
final class TextKeyEncoder implements KeyEncoder {

  private static final List<Class<?>> TYPES =
      List.of(String.class, Integer.class, Long.class, Short.class, Byte.class, UUID.class);

  private final ReadableKey keys;

  /**
   * @param keyType the type of all keys; Object means String
   * @throws IllegalArgumentException if keys of that type have no such text
   */
  TextKeyEncoder(Class<?> keyType) {
    Class<?> type = keyType == Object.class ? String.class : keyType;
    ReadableKey readable = TYPES.contains(type) ? ReadableKey.of(type) : null;
    if (readable == null) {
      throw new IllegalArgumentException(
          "The key strategy string takes keys of type String, Integer, Long, Short, Byte or UUID,"
              + " not "
              + keyType.getName());
    }
    this.keys = readable;
  }

  @Override
  public EncodedKey encode(String prefix, Object key) {
    if (key.getClass() != keys.type()) {
      throw new CodecException(
          "The key strategy string of this cache takes keys of type "
              + keys.type().getSimpleName()
              + ", this one is a "
              + key.getClass().getName(),
          null);
    }
    String text = keys.print(key);
    refuseUnfit(prefix, text);
    return new EncodedKey(prefix + text, null);
  }

  private static void refuseUnfit(String prefix, String text) {
    if (text.isEmpty()) {
      throw new CodecException("The key strategy string takes no empty key", null);
    }
    if (!Text.isPrintableAscii(text)) {
      throw new CodecException(
          "The key strategy string takes printable ASCII without spaces; this key of "
              + text.length()
              + " characters has others",
          null);
    }
    int length = prefix.length() + text.length();
    if (length > Command.MAX_KEY_LENGTH) {
      throw new CodecException(
          "The key has %d characters with its prefix %s, memcached takes %d"
              .formatted(length, prefix, Command.MAX_KEY_LENGTH),
          null);
    }
  }

  @Override
  public boolean isHash(String body) {
    return false;
  }

  @Override
  public Object decode(String body, byte @Nullable [] original) {
    Base64KeyEncoder.refuseOriginal(body, original);
    if (body.isEmpty()) {
      throw new CodecException("The key is empty", null);
    }
    return keys.parse(body);
  }
}
