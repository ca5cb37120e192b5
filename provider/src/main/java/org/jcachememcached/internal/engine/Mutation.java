package org.jcachememcached.internal.engine;

import org.jcachememcached.internal.codec.key.EncodedKey;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jspecify.annotations.Nullable;

/**
 * What an operation wants done to the entry it looked at, on condition that the entry is still the
 * same. Deadlines are in milliseconds since the epoch.
 */
sealed interface Mutation<V> {

  /**
   * The command that does it, or null when there is nothing to do.
   *
   * @param writeId by which the stored value is known again, should the answer be lost
   * @param now in milliseconds since the epoch
   */
  <K> @Nullable Command command(
      EntryFormat<K, V> format, EncodedKey key, Snapshot<V> seen, long writeId, long now);

  /** Whether it puts an item into the place of the entry that makes that one outdated. */
  default boolean outdates() {
    return false;
  }

  /**
   * What is left to do when the store does not take the item: the entry that it would have replaced
   * goes.
   *
   * @param leavesTrace whether a removal leaves a tombstone
   */
  default Mutation<V> withoutItem(boolean leavesTrace) {
    return this;
  }

  /** Nothing. */
  record Keep<V>() implements Mutation<V> {
    @Override
    public <K> @Nullable Command command(
        EntryFormat<K, V> format, EncodedKey key, Snapshot<V> seen, long writeId, long now) {
      return null;
    }
  }

  /** A new value. */
  record Store<V>(V value, long deadline) implements Mutation<V> {
    @Override
    public boolean outdates() {
      return true;
    }

    @Override
    public Mutation<V> withoutItem(boolean leavesTrace) {
      return leavesTrace ? new Tombstone<>() : new Remove<>();
    }

    @Override
    public <K> Command command(
        EntryFormat<K, V> format, EncodedKey key, Snapshot<V> seen, long writeId, long now) {
      return write(key, seen, format.item(key, value, deadline, writeId));
    }
  }

  /** The same value under another deadline. */
  record Touch<V>(long deadline) implements Mutation<V> {
    @Override
    public <K> Command command(
        EntryFormat<K, V> format, EncodedKey key, Snapshot<V> seen, long writeId, long now) {
      return write(key, seen, format.touched(seen.packed(), deadline));
    }
  }

  /** No entry any more. */
  record Remove<V>() implements Mutation<V> {
    @Override
    public <K> @Nullable Command command(
        EntryFormat<K, V> format, EncodedKey key, Snapshot<V> seen, long writeId, long now) {
      return seen.cas() == Command.NO_CAS
          ? null
          : new Command.CompareAndDelete(key.wire(), seen.cas());
    }
  }

  /**
   * No entry, but with a trace: a tombstone in its place that makes the store of anybody fail who
   * saw no entry before. A cache with a writer needs it, so that of two operations the one that
   * called the writer last also wins in the cache. Where a tombstone would be taken for a value,
   * the entry is only removed.
   */
  record Tombstone<V>() implements Mutation<V> {
    @Override
    public <K> @Nullable Command command(
        EntryFormat<K, V> format, EncodedKey key, Snapshot<V> seen, long writeId, long now) {
      Item tombstone = format.tombstone(key, writeId, now);
      return tombstone == null
          ? new Remove<V>().command(format, key, seen, writeId, now)
          : write(key, seen, tombstone);
    }
  }

  private static Command write(EncodedKey key, Snapshot<?> seen, Item item) {
    return seen.cas() == Command.NO_CAS
        ? new Command.Add(key.wire(), item)
        : new Command.CompareAndSet(key.wire(), item, seen.cas());
  }
}
