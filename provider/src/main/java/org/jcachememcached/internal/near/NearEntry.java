package org.jcachememcached.internal.near;

import org.jcachememcached.internal.codec.envelope.PackedValue;
import org.jspecify.annotations.Nullable;

/**
 * An entry as a read has found it, or that it has found none. Immutable.
 *
 * @param packed the value as it is stored; null if there was no entry
 * @param value the same, decoded, if it is immutable; otherwise null, because callers may change
 *     what they get
 * @param begun when the read was begun, in milliseconds since the epoch
 * @param end when the entry is kept no longer, in milliseconds since the epoch
 * @param clears how often all entries had been forgotten before
 */
public record NearEntry<V>(
    @Nullable PackedValue packed, @Nullable V value, long begun, long end, int clears) {

  /** Whether a read at that time may find it. A clock that was set back ends it. */
  boolean isValidAt(long now) {
    return begun <= now && now < end;
  }
}
