package org.jcachememcached.engine;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jcachememcached.codec.CodecException;
import org.jcachememcached.codec.EncodedKey;
import org.jcachememcached.codec.KeyCodec;
import org.jcachememcached.codec.PackedValue;
import org.jcachememcached.codec.ValueFormat;
import org.jcachememcached.store.Item;
import org.jcachememcached.store.StoredItem;
import org.jspecify.annotations.Nullable;

/** How entries of one cache look in a store. Thread-safe. */
public final class EntryFormat<K, V> {

  /** How long the store keeps an expired entry for those who want to hear of it, in ms. */
  private static final long HEARING_MILLIS = TimeUnit.MINUTES.toMillis(1);

  /** How long a tombstone stands, in ms: longer than any writer should take. */
  private static final long TOMBSTONE_MILLIS = TimeUnit.MINUTES.toMillis(1);

  private final KeyCodec keys;
  private final ValueFormat values;
  private final BooleanSupplier expiryIsHeard;

  /**
   * @param expiryIsHeard whether anybody is to be told of expired entries; they are then kept a
   *     little longer, so that somebody notices; without an envelope they are not known as such
   */
  public EntryFormat(KeyCodec keys, ValueFormat values, BooleanSupplier expiryIsHeard) {
    this.keys = keys;
    this.values = values;
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

  @SuppressWarnings("unchecked") // Only keys of this cache are stored below its prefix.
  K decode(EncodedKey key) {
    return (K) keys.decode(key.wire(), key.original());
  }

  Item item(EncodedKey key, V value, long deadline, long writeId) {
    return item(values.seal(value, deadline, writeId, key.original()), deadline);
  }

  Item touched(PackedValue packed, long deadline) {
    return item(packed.withDeadline(deadline), deadline);
  }

  /** What {@link Change.Bury} leaves behind; null where other clients would take it for a value. */
  @Nullable Item tombstone(EncodedKey key, long writeId, long now) {
    PackedValue nothing = values.sealNothing(Snapshot.TOMBSTONE_DEADLINE, writeId, key.original());
    return nothing == null
        ? null
        : new Item(nothing.flags(), nothing.data(), now + TOMBSTONE_MILLIS);
  }

  /** What is stored below a key that was asked for. */
  Snapshot<V> snapshot(EncodedKey key, StoredItem stored, long now) {
    try {
      PackedValue packed = open(stored);
      if (!Arrays.equals(packed.key(), key.original())) {
        throw new CodecException(
            "The entry stored as '" + key.wire() + "' belongs to another key", null);
      }
      return snapshot(packed, stored.token(), now);
    } catch (CodecException e) {
      return Snapshot.unreadable(e, stored.token());
    }
  }

  /** What is stored below a key that a scan came upon. */
  FoundEntry<K, V> found(String wire, StoredItem stored, long now) {
    try {
      PackedValue packed = open(stored);
      EncodedKey key = new EncodedKey(wire, packed.key());
      return new FoundEntry<>(this, key, snapshot(packed, stored.token(), now));
    } catch (CodecException e) {
      EncodedKey key = new EncodedKey(wire, null);
      return new FoundEntry<>(this, key, Snapshot.unreadable(e, stored.token()));
    }
  }

  private PackedValue open(StoredItem stored) {
    return values.open(stored.flags(), stored.data(), stored.keepUntil());
  }

  private Snapshot<V> snapshot(PackedValue packed, long token, long now) {
    return Snapshot.of(packed, token, now, this::value);
  }

  @SuppressWarnings("unchecked") // Only values of this cache are stored below its prefix.
  private V value(PackedValue packed) {
    return (V) packed.value();
  }

  private Item item(PackedValue packed, long deadline) {
    boolean graced = deadline < Item.FOREVER - HEARING_MILLIS && isKeptForHearing();
    long keepUntil = graced ? deadline + HEARING_MILLIS : deadline;
    return new Item(packed.flags(), packed.data(), keepUntil);
  }

  private boolean isKeptForHearing() {
    return values.hasEnvelope() && expiryIsHeard.getAsBoolean();
  }
}
