package org.jcachememcached.internal.engine;

import org.jcachememcached.internal.codec.key.EncodedKey;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jspecify.annotations.Nullable;

/**
 * The change that an operation makes to the entry it has read, on condition that the entry is still
 * the same. Deadlines are in milliseconds since the epoch. Immutable.
 */
sealed interface Mutation<V> {

  /**
   * The command to send, or null if there is nothing to do.
   *
   * @param mark what goes with the value
   * @param now in milliseconds since the epoch
   */
  <K> @Nullable Command command(
      EntryFormat<K, V> format, EncodedKey key, Snapshot<V> snapshot, WriteMark mark, long now);

  /** Whether it stores a new value, which outdates the one before. */
  default boolean outdates() {
    return false;
  }

  /**
   * The mutation that remains when the store refuses the item as too large: the outdated entry is
   * removed.
   *
   * @param leavesTrace whether a removal leaves a tombstone
   */
  default Mutation<V> withoutItem(boolean leavesTrace) {
    return this;
  }

  /** No change. */
  record Keep<V>() implements Mutation<V> {
    @Override
    public <K> @Nullable Command command(
        EntryFormat<K, V> format, EncodedKey key, Snapshot<V> snapshot, WriteMark mark, long now) {
      return null;
    }
  }

  /** Stores a new value. */
  record Store<V>(V value, long deadline, boolean atStore) implements Mutation<V> {
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
        EntryFormat<K, V> format, EncodedKey key, Snapshot<V> snapshot, WriteMark mark, long now) {
      return write(key, snapshot, format.item(key, value, deadline, atStore, mark, snapshot));
    }
  }

  /** The same for a number, in the form in which the store can count, where that is possible. */
  record StoreCountable<V>(Store<V> store) implements Mutation<V> {
    @Override
    public <K> Command command(
        EntryFormat<K, V> format, EncodedKey key, Snapshot<V> snapshot, WriteMark mark, long now) {
      return format.isCountable(key)
          ? write(key, snapshot, format.countable(key, store.value(), store.deadline()))
          : store.command(format, key, snapshot, mark, now);
    }
  }

  /** The same, but the entry stays if the value is too large. */
  record StoreOrKeep<V>(Store<V> store) implements Mutation<V> {
    @Override
    public <K> Command command(
        EntryFormat<K, V> format, EncodedKey key, Snapshot<V> snapshot, WriteMark mark, long now) {
      return store.command(format, key, snapshot, mark, now);
    }
  }

  /** Stores the same value, with the same tags and another deadline. */
  record Touch<V>(long deadline, boolean atStore) implements Mutation<V> {
    @Override
    public <K> Command command(
        EntryFormat<K, V> format, EncodedKey key, Snapshot<V> snapshot, WriteMark mark, long now) {
      return write(key, snapshot, format.touched(snapshot.packed(), deadline, atStore));
    }
  }

  /** Removes the entry. */
  record Remove<V>() implements Mutation<V> {
    @Override
    public <K> @Nullable Command command(
        EntryFormat<K, V> format, EncodedKey key, Snapshot<V> snapshot, WriteMark mark, long now) {
      return snapshot.cas() == Command.NO_CAS
          ? null
          : new Command.CompareAndDelete(key.wire(), snapshot.cas());
    }
  }

  /**
   * Removes the entry and leaves a tombstone in its place, which makes the store of every client
   * fail that read the entry as absent before. A cache with a writer needs it: of two operations,
   * the one that called the writer last must also win in the cache. Where a tombstone would be read
   * as a value, the entry is only removed.
   */
  record Tombstone<V>() implements Mutation<V> {
    @Override
    public <K> @Nullable Command command(
        EntryFormat<K, V> format, EncodedKey key, Snapshot<V> snapshot, WriteMark mark, long now) {
      Item tombstone = format.tombstone(key, mark.writeId(), now);
      return tombstone == null
          ? new Remove<V>().command(format, key, snapshot, mark, now)
          : write(key, snapshot, tombstone);
    }
  }

  private static Command write(EncodedKey key, Snapshot<?> snapshot, Item item) {
    return snapshot.cas() == Command.NO_CAS
        ? new Command.Add(key.wire(), item)
        : new Command.CompareAndSet(key.wire(), item, snapshot.cas());
  }
}
