package org.jcachememcached.internal.cache;

import java.time.InstantSource;
import java.util.Arrays;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.StoredItem;
import org.jcachememcached.internal.store.warmup.WarmUpCodec;
import org.jspecify.annotations.Nullable;

/**
 * The migration of items in envelopes. Special write ids, which operations use with negligible
 * probability, mark placeholders and copies. The only item of a cache without an envelope is its
 * generation: its readers ignore the flags, which mark its copy. Thread-safe.
 */
public final class EnvelopeWarmUpCodec implements WarmUpCodec {

  private static final long PLACEHOLDER_ID = 0x506C_6163_6568_6F6CL;
  private static final long COPY_ID = 0x436F_7079_436F_7079L;
  private static final int COPY_FLAGS = 0x436F_7079;

  private static final Envelope PLACEHOLDER = Envelope.sealNothing(PLACEHOLDER_ID, null);

  private final InstantSource clock;

  public EnvelopeWarmUpCodec(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Item placeholder() {
    return new Item(
        PLACEHOLDER.flags(), PLACEHOLDER.data(), clock.millis() + Envelope.GRACE_MILLIS);
  }

  @Override
  public boolean isPlaceholder(StoredItem item) {
    return item.flags() == PLACEHOLDER.flags() && Arrays.equals(item.data(), PLACEHOLDER.data());
  }

  @Override
  public @Nullable Item migrated(StoredItem original) {
    Envelope envelope = open(original.flags(), original.data());
    if (envelope == null || envelope.endsAtStore()) {
      // Its store still had it, so it is not expired.
      return new Item(original.flags(), original.data(), original.keepUntil());
    }
    if (envelope.leaseEnd() != 0) {
      // Its holder stores what it loads on the condition that the lease is still where it was.
      return null;
    }
    long keepUntil = Envelope.keepUntil(envelope.deadline(), Envelope.GRACE_MILLIS);
    return keepUntil <= clock.millis()
        ? null
        : new Item(original.flags(), original.data(), keepUntil);
  }

  @Override
  public Item copy(Item item) {
    Envelope envelope = open(item.flags(), item.data());
    if (envelope == null) {
      return new Item(COPY_FLAGS, item.data(), item.keepUntil());
    }
    byte[] payload =
        Arrays.copyOfRange(envelope.data(), envelope.payloadOffset(), envelope.data().length);
    Envelope copy =
        Envelope.seal(
            new EncodedValue(envelope.codec(), payload),
            envelope.deadline(),
            COPY_ID,
            envelope.key(),
            envelope.tags());
    return new Item(copy.flags(), copy.data(), item.keepUntil());
  }

  @Override
  public boolean isCopy(StoredItem item) {
    Envelope envelope = open(item.flags(), item.data());
    return envelope == null ? item.flags() == COPY_FLAGS : envelope.writeId() == COPY_ID;
  }

  /** Null for an item of another client, which has no envelope. */
  private static @Nullable Envelope open(int flags, byte[] data) {
    try {
      return Envelope.open(flags, data);
    } catch (CodecException e) {
      return null;
    }
  }
}
