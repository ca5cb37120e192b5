package org.jcachememcached.internal.engine;

import org.jspecify.annotations.Nullable;

/**
 * One operation of a cache on one key: a function from what the entry is now, and the time, to an
 * {@link Outcome}. It touches no store and can be applied again when a race is lost, so whatever it
 * asks of foreign code that must not be asked twice (a loader) it remembers. An instance serves one
 * call; not thread-safe.
 *
 * @param <R> what the caller gets
 */
public interface Operation<K, V, R extends @Nullable Object> {

  K key();

  /**
   * What the operation makes of the entry.
   *
   * @param entry what the store holds
   * @param now the time the entry was judged at, in milliseconds since the epoch
   */
  Outcome<K, V, R> apply(Snapshot<V> entry, long now);

  /**
   * The single command that does the whole operation without a look at the entry, if there is one.
   */
  default @Nullable BlindWrite<K, V, R> blindWrite(long now) {
    return null;
  }

  /**
   * Whether the operation waits for its turn behind those of this JVM that work on the same key.
   * Whoever writes what it read does; a read does not, unless it has to load.
   *
   * @param entry what was found, or null before anything was read
   */
  default boolean needsKeyLock(@Nullable Snapshot<V> entry) {
    return true;
  }

  /**
   * The outcome where the store cannot be asked and the cache is to go on without it; null when the
   * operation cannot be answered truthfully then.
   */
  default @Nullable Outcome<K, V, R> withoutStore() {
    return null;
  }

  /**
   * Whether the entry as it was is outdated by the very call, so that nobody must read it any more
   * even if the call fails.
   */
  default boolean outdatesEntry() {
    return false;
  }

  /**
   * Whether the caller has its answer already, and is told of no failure of the store: the store of
   * values that a bulk read has loaded.
   */
  default boolean isCourtesy() {
    return false;
  }

  /** The time the operation spent in a loader, in nanoseconds: it is nobody's cache time. */
  default long nanosLoading() {
    return 0;
  }
}
