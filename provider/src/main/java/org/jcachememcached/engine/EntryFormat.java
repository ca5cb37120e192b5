package org.jcachememcached.engine;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jcachememcached.codec.CodecException;
import org.jcachememcached.codec.EncodedKey;
import org.jcachememcached.codec.EncodedValue;
import org.jcachememcached.codec.Envelope;
import org.jcachememcached.codec.KeyCodec;
import org.jcachememcached.codec.ValueCodec;
import org.jcachememcached.store.Item;
import org.jcachememcached.store.StoredItem;

/** How entries of one cache look in a store. Thread-safe. */
public final class EntryFormat<K, V> {

  /** How long the store keeps an expired entry for those who want to hear of it, in ms. */
  private static final long HEARING_MILLIS = TimeUnit.MINUTES.toMillis(1);

  /** How long a tombstone stands, in ms: longer than any writer should take. */
  private static final long TOMBSTONE_MILLIS = TimeUnit.MINUTES.toMillis(1);

  private static final EncodedValue NOTHING = new EncodedValue(0, new byte[0]);

  private final KeyCodec keys;
  private final ValueCodec values;
  private final BooleanSupplier expiryIsHeard;

  /**
   * @param expiryIsHeard whether anybody is to be told of expired entries; they are then kept a
   *     little longer, so that somebody notices
   */
  public EntryFormat(KeyCodec keys, ValueCodec values, BooleanSupplier expiryIsHeard) {
    this.keys = keys;
    this.values = values;
    this.expiryIsHeard = expiryIsHeard;
  }

  String prefix() {
    return keys.prefix();
  }

  EncodedKey encode(K key) {
    return keys.encode(key);
  }

  @SuppressWarnings("unchecked") // Only keys of this cache are stored below its prefix.
  K decode(EncodedKey key) {
    return (K) keys.decode(key.wire(), key.original());
  }

  Item item(EncodedKey key, V value, long deadline, long writeId) {
    EncodedValue encoded = values.encode(value);
    return item(Envelope.seal(encoded, deadline, writeId, key.original()), deadline);
  }

  Item touched(Envelope envelope, long deadline) {
    return item(envelope.withDeadline(deadline), deadline);
  }

  Item tombstone(EncodedKey key, long writeId, long now) {
    Envelope envelope =
        Envelope.seal(NOTHING, Snapshot.TOMBSTONE_DEADLINE, writeId, key.original());
    return new Item(envelope.flags(), envelope.data(), now + TOMBSTONE_MILLIS);
  }

  /** What is stored below a key that was asked for. */
  Snapshot<V> snapshot(EncodedKey key, StoredItem stored, long now) {
    try {
      Envelope envelope = Envelope.open(stored.flags(), stored.data());
      if (!Arrays.equals(envelope.key(), key.original())) {
        throw new CodecException(
            "The entry stored as '" + key.wire() + "' belongs to another key", null);
      }
      return snapshot(envelope, stored.token(), now);
    } catch (CodecException e) {
      return Snapshot.unreadable(e, stored.token());
    }
  }

  /** What is stored below a key that a scan came upon. */
  FoundEntry<K, V> found(String wire, StoredItem stored, long now) {
    try {
      Envelope envelope = Envelope.open(stored.flags(), stored.data());
      EncodedKey key = new EncodedKey(wire, envelope.key());
      return new FoundEntry<>(this, key, snapshot(envelope, stored.token(), now));
    } catch (CodecException e) {
      EncodedKey key = new EncodedKey(wire, null);
      return new FoundEntry<>(this, key, Snapshot.unreadable(e, stored.token()));
    }
  }

  private Snapshot<V> snapshot(Envelope envelope, long token, long now) {
    return Snapshot.of(envelope, token, now, this::value);
  }

  @SuppressWarnings("unchecked") // Only values of this cache are stored below its prefix.
  private V value(Envelope envelope) {
    return (V) envelope.value(values);
  }

  private Item item(Envelope envelope, long deadline) {
    long keepUntil =
        deadline < Item.FOREVER - HEARING_MILLIS && expiryIsHeard.getAsBoolean()
            ? deadline + HEARING_MILLIS
            : deadline;
    return new Item(envelope.flags(), envelope.data(), keepUntil);
  }
}
