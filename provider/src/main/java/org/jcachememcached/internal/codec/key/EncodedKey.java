package org.jcachememcached.internal.codec.key;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A key as the store has it. Immutable as long as its array is not written to.
 *
 * @param wire the complete key on the wire, the prefix of the namespace included: 1 to {@value
 *     org.jcachememcached.internal.store.Command#MAX_KEY_LENGTH} characters of printable ASCII
 *     without spaces, and possibly an {@linkplain org.jcachememcached.internal.store.AffinityMark
 *     affinity} behind them
 * @param original the key's canonical form; present exactly when {@code wire} holds only its hash.
 *     It is stored in the envelope, so that a collision is detected and the key can be read back.
 */
public record EncodedKey(String wire, byte @Nullable [] original) {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EncodedKey that
        && wire.equals(that.wire)
        && Arrays.equals(original, that.original);
  }

  @Override
  public int hashCode() {
    return wire.hashCode();
  }

  @Override
  public String toString() {
    return wire;
  }
}
