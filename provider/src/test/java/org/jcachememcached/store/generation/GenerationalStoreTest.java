package org.jcachememcached.store.generation;

import java.time.Duration;
import java.time.InstantSource;
import org.jcachememcached.store.EntryStore;
import org.jcachememcached.store.EntryStoreContract;
import org.jcachememcached.store.memory.MemoryStore;

/** The contract of stores, for keys below the prefix of a cache with generations. */
class GenerationalStoreTest extends EntryStoreContract {

  @Override
  protected EntryStore open(InstantSource clock) {
    return new GenerationalStore(new MemoryStore(clock), "app:cache:", Duration.ZERO, clock);
  }

  @Override
  protected String prefix() {
    return "app:cache:" + GenerationalStore.PLACEHOLDER + ":";
  }
}
