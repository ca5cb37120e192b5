package org.jcachememcached.internal.store.warmup;

import java.time.InstantSource;
import org.jcachememcached.internal.cache.EnvelopeWarmUpCodec;
import org.jcachememcached.internal.config.FallbackWrites;
import org.jcachememcached.internal.store.EntryStoreContract;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.memory.MemoryStore;
import org.jcachememcached.testing.DeferringStore;
import org.junit.jupiter.api.Nested;

/** The contract of stores, kept by two groups as by one. */
class WarmUpStoreTest {

  @Nested
  class WritingToNewGroup extends EntryStoreContract {
    @Override
    public boolean supportsClaims() {
      return false;
    }

    @Override
    protected ItemStore open(InstantSource clock) {
      return chain(clock, FallbackWrites.NEW);
    }
  }

  @Nested
  class WritingToBothGroups extends EntryStoreContract {
    @Override
    public boolean supportsClaims() {
      return false;
    }

    @Override
    protected ItemStore open(InstantSource clock) {
      return chain(clock, FallbackWrites.BOTH);
    }
  }

  private static ItemStore chain(InstantSource clock, FallbackWrites writes) {
    return new WarmUpStore(
        new DeferringStore(new MemoryStore(clock)),
        new DeferringStore(new MemoryStore(clock)),
        writes,
        new EnvelopeWarmUpCodec(clock),
        "");
  }
}
