package org.jcachememcached.internal.engine;

import java.util.Objects;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.codec.envelope.PackedValue;
import org.jcachememcached.internal.store.Command;
import org.jspecify.annotations.Nullable;

/**
 * What the store held for a key when an operation looked, and the one place that decides whether
 * that is an entry. All operations go by its answer. An entry is absent when there is
 *
 * <ul>
 *   <li>nothing at all;
 *   <li>an entry past its deadline that the server has not forgotten yet;
 *   <li>a tombstone, see {@link Mutation.Tombstone};
 *   <li>something that cannot be decoded into a key and a value of this cache. Whether that is
 *       absent as well, or an exception, the failure policy of the cache says.
 * </ul>
 *
 * <p>The value is decoded once, when something depends on it: an entry whose value cannot be
 * decoded is none. Whatever is there, the token makes a store conditional on it. Not thread-safe.
 */
public final class Snapshot<V> {

  private final EntryFormat<?, V> format;
  private final String wire;
  private final @Nullable PackedValue packed;
  private final long cas;
  private final long takenAt;
  private @Nullable V value;
  private @Nullable CodecException failure;

  private Snapshot(
      EntryFormat<?, V> format,
      String wire,
      @Nullable PackedValue packed,
      @Nullable CodecException failure,
      long cas,
      long takenAt) {
    this.format = format;
    this.wire = wire;
    this.packed = packed;
    this.failure = failure;
    this.cas = cas;
    this.takenAt = takenAt;
  }

  /** Nothing at all. */
  static <V> Snapshot<V> absent(EntryFormat<?, V> format, String wire) {
    return new Snapshot<>(format, wire, null, null, Command.NO_CAS, 0);
  }

  /** Something whose value is not decoded yet. */
  static <V> Snapshot<V> of(
      EntryFormat<?, V> format, String wire, PackedValue packed, long cas, long takenAt) {
    return new Snapshot<>(format, wire, packed, null, cas, takenAt);
  }

  /** Something that is no entry of this cache. */
  static <V> Snapshot<V> undecodable(
      EntryFormat<?, V> format, String wire, CodecException cause, long cas) {
    return new Snapshot<>(format, wire, null, cause, cas, 0);
  }

  /**
   * Whether there is an entry, as far as a user of the cache can tell.
   *
   * @throws CodecException if what is stored cannot be decoded, and the failure policy does not
   *     take it for absent
   */
  public boolean isLive() {
    if (isUndecodable() && !format.passesOverUndecodable()) {
      throw undecodable();
    }
    return isReadable();
  }

  /** The same whatever the failure policy is: what cannot be decoded is no entry. */
  public boolean isReadable() {
    return packed != null && !packed.isExpired(takenAt) && decodes(packed);
  }

  /**
   * Whether what is stored cannot be decoded: good only to be overwritten or removed. What is past
   * its deadline is absent, whatever it is.
   */
  public boolean isUndecodable() {
    return packed == null ? failure != null : !packed.isExpired(takenAt) && !decodes(packed);
  }

  /** Why something that is stored counts as absent; null when it does not. */
  @Nullable CodecException passedOver() {
    return format.passesOverUndecodable() && isUndecodable() ? undecodable() : null;
  }

  /** Whether what is stored was past its deadline when it was looked at, or is a tombstone. */
  boolean isPastDeadline() {
    return packed != null && packed.isExpired(takenAt);
  }

  /**
   * Whether there is an entry that nobody may see any more, but whose last value can be told; a
   * tombstone is no entry.
   */
  public boolean isExpired() {
    return packed != null
        && packed.isExpired(takenAt)
        && packed.deadline() != Envelope.NO_ENTRY
        && decodes(packed);
  }

  /**
   * The value of a live or an expired entry.
   *
   * @throws CodecException if what is stored cannot be decoded
   */
  public V value() {
    if (packed == null || !decodes(packed)) {
      throw undecodable();
    }
    return Objects.requireNonNull(value);
  }

  /**
   * Whether a live entry has that value. A store by value knows nothing but content: arrays are
   * equal when their elements are, and so are values that have the same bytes in the store.
   */
  public boolean holds(V expected) {
    return Objects.deepEquals(expected, value()) || format.storesAlike(expected, value(), packed());
  }

  /**
   * Whether nobody may see a live entry any more at a later time. That an entry without envelope is
   * over, only its store can tell.
   *
   * @param now in milliseconds since the epoch
   */
  public boolean isExpiredAt(long now) {
    return packed().isExpired(now);
  }

  /** When the entry expires, in milliseconds since the epoch. */
  public long deadline() {
    return packed().deadline();
  }

  /** The token a write can be conditional on; without one, it is conditional on absence. */
  long cas() {
    return cas;
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

  /** Why what is stored cannot be decoded, for whoever has to see it. */
  CodecException undecodable() {
    CodecException cause = Objects.requireNonNull(failure, "There is no entry");
    return new CodecException(
        "The entry '" + wire + "' cannot be decoded: " + cause.getMessage(), cause);
  }

  private boolean decodes(PackedValue stored) {
    if (value == null && failure == null) {
      try {
        value = format.value(stored);
      } catch (CodecException e) {
        failure = e;
      }
    }
    return value != null;
  }
}
