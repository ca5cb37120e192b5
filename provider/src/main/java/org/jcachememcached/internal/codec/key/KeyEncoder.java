package org.jcachememcached.internal.codec.key;

import org.jcachememcached.api.CodecException;
import org.jspecify.annotations.Nullable;

/**
 * What keys look like on the wire, after the prefix of their namespace. Implementations are
 * thread-safe.
 */
interface KeyEncoder {

  /**
   * Encodes a key.
   *
   * @throws CodecException if the key has no form as bytes; the message names its class
   */
  EncodedKey encode(String prefix, Object key);

  /**
   * Decodes what {@link #encode} returned.
   *
   * @param body what follows the prefix on the wire
   * @param original the canonical form that came with the value, if any
   * @throws CodecException if these are not what {@link #encode} returns
   */
  Object decode(String body, byte @Nullable [] original);

  /**
   * Whether the original is needed to decode this.
   *
   * @param body what follows the prefix on the wire
   */
  boolean isHash(String body);
}
