package org.jcachememcached.internal.codec.key;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A key as the store sees it. Immutable as long as nobody writes into its array.
 *
 * @param wire the complete key on the wire, the namespace's prefix included: 1 to 250 characters of
 *     printable ASCII without spaces
 * @param original the key's canonical form; present exactly when {@code wire} holds only its hash.
 *     It travels in the envelope, so that a collision is noticed and the key can be read back.
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
