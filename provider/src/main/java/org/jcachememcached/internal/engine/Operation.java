package org.jcachememcached.internal.engine;

import java.util.Set;
import org.jcachememcached.internal.store.Command;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a cache on one key: a function from the current entry and the time to an {@link
 * Outcome}. It accesses no store and can be applied again when a race is lost; it remembers the
 * results of application code that must not be called twice (a loader). An instance serves one
 * call; not thread-safe.
 *
 * @param <R> the type of the result
 */
public interface Operation<K, V, R extends @Nullable Object> {

  /** The key. */
  K key();

  /**
   * The outcome for the entry.
   *
   * @param entry what the store holds
   * @param now the time at which the entry was read, in milliseconds since the epoch
   */
  Outcome<K, V, R> apply(Snapshot<V> entry, long now);

  /**
   * The whole operation as a single command that needs no read, or null if that is not possible.
   */
  default @Nullable BlindWrite<K, V, R> blindWrite(long now) {
    return null;
  }

  /**
   * Whether the operation depends on the entry only by telling the caller of it, so that an entry
   * that this JVM has read a short time ago does as well.
   */
  default boolean isPlainRead() {
    return false;
  }

  /** The tags of the entry that the operation stores; none by default. */
  default Set<String> tags() {
    return Set.of();
  }

  /** Whether the entry that the operation stores has the tags of the one that it replaces. */
  default boolean keepsTags() {
    return false;
  }

  /**
   * Until when the read of the entry lets the store keep it, in milliseconds since the epoch, or
   * {@link Command.Get#UNCHANGED}. Only for an operation to which every entry that it finds is an
   * access: the read may then take the place of a store of the new deadline.
   *
   * @param now the time before the read, in milliseconds since the epoch
   */
  default long keepUntilOnRead(long now) {
    return Command.Get.UNCHANGED;
  }

  /**
   * Whether the operation waits for the other threads of this JVM that work on the same key. An
   * operation that writes what it read does; a read does not, unless it has to load.
   *
   * @param entry what was read, or null before anything was read
   */
  default boolean needsKeyLock(@Nullable Snapshot<V> entry) {
    return true;
  }

  /**
   * The operation is about to be applied, after others of the same call, with which it may share a
   * load.
   *
   * @param entry what the store holds
   */
  default void announce(Snapshot<V> entry) {}

  /**
   * Whether the operation would load or compute a value for the entry, so that it needs a lease
   * before it is applied, see {@link LeaseStep}.
   *
   * @param entry what the store holds
   */
  default boolean needsLease(Snapshot<V> entry) {
    return false;
  }

  /**
   * Whether the operation has loaded or computed its value, and will not do so again when it is
   * applied once more.
   */
  default boolean hasLoaded() {
    return false;
  }

  /**
   * The outcome if the store is unavailable and the failure policy is to degrade; null if no
   * truthful outcome exists.
   */
  default @Nullable Outcome<K, V, R> withoutStore() {
    return null;
  }

  /**
   * Whether the call alone outdates the entry, so that it must not be read any more even if the
   * call fails.
   */
  default boolean outdatesEntry() {
    return false;
  }

  /**
   * Whether failures of the store are ignored because the caller has its result already: the store
   * of values that a bulk read has loaded.
   */
  default boolean isBestEffort() {
    return false;
  }

  /** The time spent in a loader, in nanoseconds, which the statistics do not count. */
  default long loadNanos() {
    return 0;
  }
}
