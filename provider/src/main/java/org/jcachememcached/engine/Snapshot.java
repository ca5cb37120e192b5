package org.jcachememcached.engine;

import java.util.Objects;
import java.util.function.Function;
import org.jcachememcached.codec.CodecException;
import org.jcachememcached.codec.Envelope;
import org.jcachememcached.codec.PackedValue;
import org.jcachememcached.store.Command;
import org.jspecify.annotations.Nullable;

/**
 * What the store held for a key when an operation looked: nothing, a live entry, or one past its
 * deadline that the server has not forgotten yet. The value is decoded when it is first asked for,
 * because many operations only want to know whether there is one. Not thread-safe.
 */
public final class Snapshot<V> {

  /** Marks what {@link Change.Bury} leaves behind. */
  static final long TOMBSTONE_DEADLINE = 0;

  private final @Nullable PackedValue packed;
  private final @Nullable CodecException unreadable;
  private final long token;
  private final long takenAt;
  private final @Nullable Function<PackedValue, V> decoder;
  private @Nullable V value;

  private Snapshot(
      @Nullable PackedValue packed,
      @Nullable CodecException unreadable,
      long token,
      long takenAt,
      @Nullable Function<PackedValue, V> decoder) {
    this.packed = packed;
    this.unreadable = unreadable;
    this.token = token;
    this.takenAt = takenAt;
    this.decoder = decoder;
  }

  static <V> Snapshot<V> absent() {
    return new Snapshot<>(null, null, Command.NO_TOKEN, 0, null);
  }

  static <V> Snapshot<V> of(
      PackedValue packed, long token, long takenAt, Function<PackedValue, V> decoder) {
    return new Snapshot<>(packed, null, token, takenAt, decoder);
  }

  /** Bytes that are no entry of this cache. */
  static <V> Snapshot<V> unreadable(CodecException cause, long token) {
    return new Snapshot<>(null, cause, token, 0, null);
  }

  /**
   * Whether there is an entry, as far as a user of the cache can tell.
   *
   * @throws CodecException if what is stored is no entry of this cache
   */
  public boolean isLive() {
    if (unreadable != null) {
      throw unreadable;
    }
    return packed != null && !packed.isOver(takenAt);
  }

  /** Whether there is an entry that nobody may see any more; a tombstone is no entry. */
  public boolean isExpired() {
    return packed != null && packed.isOver(takenAt) && packed.deadline() != TOMBSTONE_DEADLINE;
  }

  /** Whether what is stored is no entry of this cache: good only to be overwritten or removed. */
  public boolean isUnreadable() {
    return unreadable != null;
  }

  /**
   * The value of a live or an expired entry.
   *
   * @throws CodecException if the stored bytes are no value of this cache
   */
  public V value() {
    if (unreadable != null) {
      throw unreadable;
    }
    if (value == null) {
      value = Objects.requireNonNull(decoder).apply(packed());
    }
    return value;
  }

  /**
   * Whether nobody may see a live entry any more at a later time. That an entry without envelope is
   * over, only its store can tell.
   *
   * @param now in milliseconds since the epoch
   */
  public boolean isOverBy(long now) {
    return packed().isOver(now);
  }

  /** When the entry expires, in milliseconds since the epoch. */
  public long deadline() {
    return packed().deadline();
  }

  /** The token a write can be conditional on; without one, it is conditional on absence. */
  long token() {
    return token;
  }

  /** The write id of what is stored, or {@link Envelope#NO_WRITE_ID}. */
  long writeId() {
    return packed == null ? Envelope.NO_WRITE_ID : packed.writeId();
  }

  /** How many bytes are stored, beside the key. */
  int size() {
    return packed == null ? 0 : packed.data().length;
  }

  PackedValue packed() {
    return Objects.requireNonNull(packed, "There is no entry");
  }
}
