package org.jcachememcached.api;

/**
 * Counters of the migration of a cache from one group of servers (setting {@code fallback.servers})
 * to another (setting {@code servers}), as seen by this JVM since the cache was opened. Obtained by
 * {@code cache.unwrap(MigrationStats.class)} from a cache with {@code fallback.servers}. Not part
 * of JSR-107, which leaves the types of {@code unwrap} to the provider. Thread-safe; the counters
 * may be read at any time and never decrease.
 */
public interface MigrationStats {

  /** The number of entries that this JVM has copied from the old servers to the new ones. */
  long migratedEntries();

  /**
   * The number of commands that the old servers did not answer. A lookup among them counts as a
   * miss.
   */
  long fallbackFailures();
}
