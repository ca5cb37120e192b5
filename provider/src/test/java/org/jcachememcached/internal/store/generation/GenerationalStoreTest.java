package org.jcachememcached.internal.store.generation;

import java.time.Duration;
import java.time.InstantSource;
import org.jcachememcached.internal.store.EntryStoreContract;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.memory.MemoryStore;

/** The contract of stores, for keys below the prefix of a cache with generations. */
class GenerationalStoreTest extends EntryStoreContract {

  @Override
  protected ItemStore open(InstantSource clock) {
    return new GenerationalStore(new MemoryStore(clock), "app:cache:", Duration.ZERO, clock);
  }

  @Override
  protected String prefix() {
    return "app:cache:" + GenerationalStore.PLACEHOLDER + ":";
  }
}
