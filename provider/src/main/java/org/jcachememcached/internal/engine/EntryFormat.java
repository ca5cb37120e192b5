package org.jcachememcached.internal.engine;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.FailurePolicy;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.codec.envelope.PackedValue;
import org.jcachememcached.internal.codec.envelope.ValueFormat;
import org.jcachememcached.internal.codec.key.EncodedKey;
import org.jcachememcached.internal.codec.key.KeyCodec;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.StoredItem;
import org.jspecify.annotations.Nullable;

/** How entries of one cache look in a store. Thread-safe. */
public final class EntryFormat<K, V> {

  private final KeyCodec keys;
  private final ValueFormat values;
  private final EntryTypes<K, V> types;
  private final FailurePolicy onFailure;
  private final BooleanSupplier expiryIsHeard;

  /**
   * @param types what keys and values may be
   * @param onFailure whether what cannot be decoded is absent, or an exception
   * @param expiryIsHeard whether anybody is to be told of expired entries; they are then kept a
   *     little longer, so that somebody notices; without an envelope they are not known as such
   */
  public EntryFormat(
      KeyCodec keys,
      ValueFormat values,
      EntryTypes<K, V> types,
      FailurePolicy onFailure,
      BooleanSupplier expiryIsHeard) {
    this.keys = keys;
    this.values = values;
    this.types = types;
    this.onFailure = onFailure;
    this.expiryIsHeard = expiryIsHeard;
  }

  String prefix() {
    return keys.prefix();
  }

  /**
   * The key on the wire.
   *
   * @throws CodecException if the key has no form that goes with the format of the values
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

  Item item(EncodedKey key, V value, long deadline, long writeId) {
    return item(values.seal(value, deadline, writeId, key.original()), deadline);
  }

  Item touched(PackedValue packed, long deadline) {
    return item(packed.withDeadline(deadline), deadline);
  }

  /**
   * What {@link Mutation.Tombstone} leaves behind; null where other clients would take it for a
   * value.
   */
  @Nullable Item tombstone(EncodedKey key, long writeId, long now) {
    PackedValue nothing = values.sealNothing(writeId, key.original());
    return nothing == null
        ? null
        : new Item(nothing.flags(), nothing.data(), now + Envelope.GRACE_MILLIS);
  }

  /**
   * What is stored below a key that was asked for.
   *
   * @param stored null when nothing is
   */
  Snapshot<V> snapshot(EncodedKey key, @Nullable StoredItem stored, long now) {
    if (stored == null) {
      return Snapshot.absent(this, key.wire());
    }
    try {
      PackedValue packed = open(stored);
      if (!Arrays.equals(packed.key(), key.original())) {
        throw new CodecException("It belongs to another key", null);
      }
      return Snapshot.of(this, key.wire(), packed, stored.cas(), now);
    } catch (CodecException e) {
      return Snapshot.undecodable(this, key.wire(), e, stored.cas());
    }
  }

  /** What is stored below a key that a scan came upon. */
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

  /** Whether what cannot be decoded counts as absent. */
  boolean passesOverUndecodable() {
    return onFailure == FailurePolicy.DEGRADE;
  }

  /**
   * The value.
   *
   * @throws CodecException if the bytes stand for none of this cache
   */
  V value(PackedValue packed) {
    return types.requireValue(values.value(packed));
  }

  /**
   * Whether another value has the bytes of a stored one, as they are or as they would be written
   * today.
   */
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
    return values.seal(value, Item.FOREVER, Envelope.NO_WRITE_ID, stored.key());
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

  private Item item(PackedValue packed, long deadline) {
    long keepUntil = isKeptForHearing() ? Envelope.keepUntil(deadline) : deadline;
    return new Item(packed.flags(), packed.data(), keepUntil);
  }

  private boolean isKeptForHearing() {
    return values.hasEnvelope() && expiryIsHeard.getAsBoolean();
  }
}
