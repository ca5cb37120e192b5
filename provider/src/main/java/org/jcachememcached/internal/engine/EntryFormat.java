package org.jcachememcached.internal.engine;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.FailurePolicy;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.codec.envelope.PackedValue;
import org.jcachememcached.internal.codec.envelope.ValueFormat;
import org.jcachememcached.internal.codec.key.EncodedKey;
import org.jcachememcached.internal.codec.key.KeyCodec;
import org.jcachememcached.internal.near.NearEntry;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Command.Append.Side;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.StoredItem;
import org.jspecify.annotations.Nullable;

/** The representation of the entries of one cache as items of a store. Thread-safe. */
public final class EntryFormat<K, V> {

  private final KeyCodec keys;
  private final ValueFormat values;
  private final EntryTypes<K, V> types;
  private final FailurePolicy onFailure;
  private final LongSupplier keepsExpired;

  /**
   * @param types the types of keys and values
   * @param onFailure whether an item that cannot be decoded is absent or an exception
   * @param keepsExpired how long expired entries are kept, in milliseconds, so that their expiry is
   *     noticed and published, or their last value served; without an envelope an expired entry is
   *     not recognizable
   */
  public EntryFormat(
      KeyCodec keys,
      ValueFormat values,
      EntryTypes<K, V> types,
      FailurePolicy onFailure,
      LongSupplier keepsExpired) {
    this.keys = keys;
    this.values = values;
    this.types = types;
    this.onFailure = onFailure;
    this.keepsExpired = keepsExpired;
  }

  String prefix() {
    return keys.prefix();
  }

  /**
   * The key as it is sent to the store.
   *
   * @throws CodecException if the key has no representation that is compatible with the format of
   *     the values
   */
  EncodedKey encode(K key) {
    EncodedKey encoded = keys.encode(key);
    if (encoded.original() != null && !values.hasEnvelope()) {
      throw new CodecException(
          "The key '%s' is a hash, which only values in an envelope can go with (setting 'format')"
              .formatted(encoded.wire()),
          null);
    }
    return encoded;
  }

  /**
   * The item of an entry in place of another item. A deadline that stays the same also stays where
   * it is, with the value or with the store, because the store's is less precise.
   */
  Item item(
      EncodedKey key, V value, long deadline, boolean atStore, WriteMark mark, Snapshot<V> before) {
    boolean staysAtStore = before.hasDeadline(deadline) ? before.packed().endsAtStore() : atStore;
    return item(key, value, deadline, staysAtStore, mark);
  }

  /**
   * The item of an entry with a new deadline.
   *
   * @param atStore whether the entry expires when the store drops the item, so that a read can set
   *     the next deadline; otherwise the deadline is stored with the value
   */
  Item item(EncodedKey key, V value, long deadline, boolean atStore, WriteMark mark) {
    long sealed = atStore ? Item.FOREVER : deadline;
    PackedValue packed = values.seal(value, sealed, mark.writeId(), key.original(), mark.tags());
    return item(packed, deadline, atStore);
  }

  /** Whether the store can count in the entry of that key. */
  boolean isCountable(EncodedKey key) {
    return values.isCountable() && key.original() == null;
  }

  /** The item of a number in which the store can count; the store keeps the deadline too. */
  Item countable(EncodedKey key, V value, long deadline) {
    return item(key, value, deadline, true, WriteMark.NONE);
  }

  /** The command that counts, or null if the store cannot count in the entry of that key. */
  Command.@Nullable Count count(EncodedKey key, Counting counting) {
    if (!isCountable(key)) {
      return null;
    }
    // Other clients recognize a number by flags, which the store does not set.
    return counting.command(key.wire(), values.recognizesCreatedNumbers());
  }

  /** The command that appends, or null if that does not give the item of the whole value. */
  Command.@Nullable Append append(EncodedKey key, V part, Side side) {
    byte[] bytes = values.appendable(part);
    return bytes == null
        ? null
        : new Command.Append(key.wire(), new Item(0, bytes, Item.FOREVER), side);
  }

  /** The item of the same value, with the same tags and a new deadline. */
  Item touched(PackedValue packed, long deadline, boolean atStore) {
    return item(packed.withDeadline(atStore ? Item.FOREVER : deadline), deadline, atStore);
  }

  /** The item of a {@link Mutation.Tombstone}; null if other clients would read it as a value. */
  @Nullable Item tombstone(EncodedKey key, long writeId, long now) {
    PackedValue nothing = values.sealNothing(writeId, key.original());
    return nothing == null
        ? null
        : new Item(nothing.flags(), nothing.data(), now + Envelope.GRACE_MILLIS);
  }

  /**
   * The item of a lease, see {@link LeaseStep}; null where it would be read as a value.
   *
   * @param end in milliseconds since the epoch
   * @param keepUntil until when the store keeps it
   */
  @Nullable Item lease(EncodedKey key, long writeId, long end, long keepUntil) {
    PackedValue lease = values.sealLease(end, writeId, key.original());
    return lease == null ? null : new Item(lease.flags(), lease.data(), keepUntil);
  }

  /**
   * A snapshot of the item of a key.
   *
   * @param stored the item; null if there is none
   */
  Snapshot<V> snapshot(EncodedKey key, @Nullable StoredItem stored, long now) {
    if (stored == null) {
      return Snapshot.absent(this, key.wire());
    }
    return snapshot(key, stored.flags(), stored.data(), stored.keepUntil(), stored.cas(), now);
  }

  /** A snapshot of a key that an earlier call has found without an entry. */
  Snapshot<V> assumedAbsent(EncodedKey key) {
    return Snapshot.assumedAbsent(this, key.wire());
  }

  /**
   * A snapshot of an item that is about to be stored.
   *
   * @param cas the CAS value of what it replaces
   */
  Snapshot<V> unstored(EncodedKey key, Item item, long cas, long now) {
    return snapshot(key, item.flags(), item.data(), item.keepUntil(), cas, now).unstored();
  }

  /** A snapshot of what a near cache has kept of an entry. */
  Snapshot<V> kept(EncodedKey key, NearEntry<V> kept, long now) {
    PackedValue packed = kept.packed();
    return packed != null && Arrays.equals(packed.key(), key.original())
        ? Snapshot.of(this, key.wire(), packed, Command.NO_CAS, now).decoded(kept.value())
        : Snapshot.absent(this, key.wire());
  }

  private Snapshot<V> snapshot(
      EncodedKey key, int flags, byte[] data, long keepUntil, long cas, long now) {
    try {
      PackedValue packed = values.open(flags, data, keepUntil);
      if (!Arrays.equals(packed.key(), key.original())) {
        throw new CodecException("It belongs to another key", null);
      }
      return Snapshot.of(this, key.wire(), packed, cas, now);
    } catch (CodecException e) {
      return Snapshot.undecodable(this, key.wire(), e, cas);
    }
  }

  /** The result for a key found by a scan. */
  ScannedEntry<K, V> found(String wire, StoredItem stored, long now) {
    EncodedKey encoded = new EncodedKey(wire, null);
    K key = null;
    try {
      PackedValue packed = open(stored);
      encoded = new EncodedKey(wire, packed.key());
      key = decode(encoded);
      return new ScannedEntry<>(encoded, key, Snapshot.of(this, wire, packed, stored.cas(), now));
    } catch (CodecException e) {
      return new ScannedEntry<>(encoded, key, Snapshot.undecodable(this, wire, e, stored.cas()));
    }
  }

  /** Whether a key of the store is a hash: the key itself is then in the item. */
  boolean isHashed(String wire) {
    return keys.isHash(wire);
  }

  /**
   * The key of a key of the store that is not hashed.
   *
   * @throws CodecException if it is no key of this cache
   */
  K key(String wire) {
    return decode(new EncodedKey(wire, null));
  }

  /** Whether an item that cannot be decoded counts as absent. */
  boolean ignoresUndecodable() {
    return onFailure == FailurePolicy.DEGRADE;
  }

  /**
   * The value.
   *
   * @throws CodecException if the bytes are no value of this cache
   */
  V value(PackedValue packed) {
    return types.requireValue(values.value(packed));
  }

  /** Whether another value has the same bytes as a stored one, as stored or as encoded today. */
  boolean storesAlike(V other, V value, PackedValue stored) {
    try {
      PackedValue wanted = sealed(other, stored);
      return haveSameBytes(wanted, stored.withDeadline(Item.FOREVER))
          || haveSameBytes(wanted, sealed(value, stored));
    } catch (CodecException e) {
      return false;
    }
  }

  private PackedValue sealed(V value, PackedValue stored) {
    return values.seal(value, Item.FOREVER, Envelope.NO_WRITE_ID, stored.key(), stored.tags());
  }

  private static boolean haveSameBytes(PackedValue one, PackedValue other) {
    return one.flags() == other.flags() && Arrays.equals(one.data(), other.data());
  }

  private K decode(EncodedKey key) {
    return types.requireKey(keys.decode(key.wire(), key.original()));
  }

  private PackedValue open(StoredItem stored) {
    return values.open(stored.flags(), stored.data(), stored.keepUntil());
  }

  private Item item(PackedValue packed, long deadline, boolean atStore) {
    long keptFor = !atStore && values.hasEnvelope() ? keepsExpired.getAsLong() : 0;
    return new Item(packed.flags(), packed.data(), Envelope.keepUntil(deadline, keptFor));
  }
}
