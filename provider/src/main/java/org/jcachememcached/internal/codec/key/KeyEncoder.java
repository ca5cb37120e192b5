package org.jcachememcached.internal.codec.key;

import org.jcachememcached.api.CodecException;
import org.jspecify.annotations.Nullable;

/**
 * How keys look on the wire, behind the prefix of their namespace. Implementations are thread-safe.
 */
interface KeyEncoder {

  /**
   * The key on the wire.
   *
   * @throws CodecException if the key has no form as bytes; the message names its class
   */
  EncodedKey encode(String prefix, Object key);

  /**
   * The key that {@link #encode} took.
   *
   * @param body what follows the prefix on the wire
   * @param original the canonical form that came with the value, if any
   * @throws CodecException if these are not what {@link #encode} gives
   */
  Object decode(String body, byte @Nullable [] original);
}
