package org.jcachememcached.store.fallback;

import java.time.InstantSource;
import org.jcachememcached.cache.EnvelopeForm;
import org.jcachememcached.config.FallbackWrites;
import org.jcachememcached.store.EntryStore;
import org.jcachememcached.store.EntryStoreContract;
import org.jcachememcached.store.memory.MemoryStore;
import org.jcachememcached.testing.DeferringStore;
import org.junit.jupiter.api.Nested;

/** The contract of stores, kept by two groups as by one. */
class FallbackStoreTest {

  @Nested
  class WritingToNewGroup extends EntryStoreContract {

    @Override
    protected EntryStore open(InstantSource clock) {
      return chain(clock, FallbackWrites.NEW);
    }
  }

  @Nested
  class WritingToBothGroups extends EntryStoreContract {

    @Override
    protected EntryStore open(InstantSource clock) {
      return chain(clock, FallbackWrites.BOTH);
    }
  }

  private static EntryStore chain(InstantSource clock, FallbackWrites writes) {
    return new FallbackStore(
        new DeferringStore(new MemoryStore(clock)),
        new DeferringStore(new MemoryStore(clock)),
        writes,
        new EnvelopeForm(clock),
        "");
  }
}
