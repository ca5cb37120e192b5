package org.jcachememcached.internal.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.codec.envelope.PackedValue;
import org.jcachememcached.internal.codec.envelope.TagVersion;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.StoredItem;
import org.jspecify.annotations.Nullable;

/**
 * What the store held for a key when an operation read it, and the one place that decides whether
 * that is an entry. All operations rely on its answer. An entry is absent if there is
 *
 * <ul>
 *   <li>nothing at all;
 *   <li>an entry past its deadline that the server has not removed yet;
 *   <li>a tombstone, see {@link Mutation.Tombstone};
 *   <li>an entry with a tag that has another version, or none, since the entry was stored, see
 *       {@link org.jcachememcached.internal.tag.TagItems}. Nor is there an entry until that is
 *       checked;
 *   <li>something that cannot be decoded into a key and a value of this cache. The failure policy
 *       of the cache decides whether that is absent as well or an exception.
 * </ul>
 *
 * <p>The value is decoded once, when something depends on it: an item whose value cannot be decoded
 * is no entry. In every case the CAS value makes a store conditional on what was read. Not
 * thread-safe.
 */
public final class Snapshot<V> {

  private final EntryFormat<?, V> format;
  private final String wire;
  private final @Nullable PackedValue packed;
  private final long cas;
  private final long takenAt;
  private final boolean stored;
  private @Nullable V value;
  private @Nullable CodecException failure;
  private @Nullable StoredItem touched;
  private boolean tagsChecked;
  private boolean tagsMatch;
  private boolean mayBeFilled = true;
  private boolean assumed;
  private boolean underLease;

  private Snapshot(
      EntryFormat<?, V> format,
      String wire,
      @Nullable PackedValue packed,
      @Nullable CodecException failure,
      long cas,
      long takenAt,
      boolean stored) {
    this.stored = stored;
    this.format = format;
    this.wire = wire;
    this.packed = packed;
    this.failure = failure;
    this.cas = cas;
    this.takenAt = takenAt;
    this.tagsMatch = packed == null || packed.tags().isEmpty();
  }

  /** Nothing at all. */
  static <V> Snapshot<V> absent(EntryFormat<?, V> format, String wire) {
    return absent(format, wire, Command.NO_CAS);
  }

  /** Nothing, because the item with that CAS value is about to be removed. */
  static <V> Snapshot<V> absent(EntryFormat<?, V> format, String wire, long cas) {
    return new Snapshot<>(format, wire, null, null, cas, 0, true);
  }

  /** Nothing at all, as far as an earlier call has read. */
  static <V> Snapshot<V> assumedAbsent(EntryFormat<?, V> format, String wire) {
    Snapshot<V> absent = absent(format, wire);
    absent.assumed = true;
    return absent;
  }

  /** An item whose value is not decoded yet. */
  static <V> Snapshot<V> of(
      EntryFormat<?, V> format, String wire, PackedValue packed, long cas, long takenAt) {
    return new Snapshot<>(format, wire, packed, null, cas, takenAt, true);
  }

  /** The same, but a lease with that CAS value has replaced the item. */
  Snapshot<V> withCas(long newCas) {
    Snapshot<V> leased = new Snapshot<>(format, wire, packed, failure, newCas, takenAt, stored);
    leased.value = value;
    leased.tagsChecked = tagsChecked;
    leased.tagsMatch = tagsMatch;
    leased.underLease = true;
    return leased;
  }

  /** The same, but the item is not stored yet, and will replace the one with that CAS value. */
  Snapshot<V> unstored() {
    return new Snapshot<>(format, wire, packed, failure, cas, takenAt, false);
  }

  /** The same, decoded already if the value is not null. */
  Snapshot<V> decoded(@Nullable V decoded) {
    value = decoded;
    return this;
  }

  /** An item that is no entry of this cache. */
  static <V> Snapshot<V> undecodable(
      EntryFormat<?, V> format, String wire, CodecException cause, long cas) {
    return new Snapshot<>(format, wire, null, cause, cas, 0, true);
  }

  /**
   * The read has set until when the store keeps the item.
   *
   * @param before the item as it was; null if there was none
   */
  void setTouched(@Nullable StoredItem before) {
    touched = before;
  }

  /** The item as it was before the read, if that has touched it although it is no entry. */
  @Nullable StoredItem touchedInVain() {
    // A lease must stay the same, and says itself when it ends.
    return touched == null || isReadable() || isLeased(takenAt) ? null : touched;
  }

  /** The tags of the item with the versions they had when it was stored. */
  List<TagVersion> tags() {
    return packed == null ? List.of() : packed.tags();
  }

  /**
   * Compares the tags with the versions that they have now.
   *
   * @param versions the version of each tag that has one, at a time after the item was read
   */
  void checkTags(Map<String, Long> versions) {
    tagsChecked = true;
    tagsMatch =
        tags().stream().allMatch(tag -> Objects.equals(versions.get(tag.name()), tag.version()));
  }

  /** Whether there are tags that have not been checked yet. */
  boolean hasUncheckedTags() {
    return !tagsMatch && !tagsChecked;
  }

  /** Whether a tag of the item has another version, or none, since the item was stored. */
  public boolean isOutdated() {
    return !tagsMatch && tagsChecked;
  }

  /**
   * Whether the read of a live entry was an access: it has set the new deadline. Not so if there is
   * a deadline with the value, which would come first.
   */
  public boolean isAccessed() {
    return touched != null && packed().endsAtStore();
  }

  /**
   * Whether there is an entry.
   *
   * @throws CodecException if the item cannot be decoded and the failure policy does not treat it
   *     as absent
   */
  public boolean isLive() {
    if (isUndecodable() && !format.ignoresUndecodable()) {
      throw undecodable();
    }
    return isReadable();
  }

  /**
   * Whether there is an entry, regardless of the failure policy: an item that cannot be decoded is
   * none.
   */
  public boolean isReadable() {
    return packed != null && tagsMatch && !packed.isExpired(takenAt) && decodes(packed);
  }

  /**
   * Whether the item cannot be decoded and can only be overwritten or removed. An item past its
   * deadline, or with a tag that has another version, is absent in any case.
   */
  public boolean isUndecodable() {
    return packed == null
        ? failure != null
        : tagsMatch && !packed.isExpired(takenAt) && !decodes(packed);
  }

  /** Why an item counts as absent although it is not past its deadline; null if it does not. */
  @Nullable CodecException ignoredFailure() {
    return format.ignoresUndecodable() && isUndecodable() ? undecodable() : null;
  }

  /** Whether there may be an item that is no entry, because this was not read. */
  boolean isAssumed() {
    return assumed;
  }

  /** Whether there is no entry but a lease, even one that has ended. */
  public boolean isLease() {
    return packed != null && packed.leaseEnd() != 0;
  }

  /**
   * Whether another call loads the entry.
   *
   * @param now in milliseconds since the epoch
   */
  boolean isLeased(long now) {
    return packed != null && packed.leaseEnd() > now;
  }

  /** Whether the operation has taken a lease since this was read. */
  public boolean isUnderNewLease() {
    return underLease;
  }

  /** What a call loads for the entry is not to be stored, because another one loads it. */
  void forbidFilling() {
    mayBeFilled = false;
  }

  /** Whether a value that was loaded for an absent entry may be stored. */
  public boolean mayBeFilled() {
    return mayBeFilled;
  }

  /** Whether there is only a trace of a removed entry. */
  boolean isTombstone() {
    return packed != null && packed.deadline() == Envelope.NO_ENTRY && !isLease();
  }

  /**
   * Whether there is no entry, nor a lease under which one is loaded, nor any that was not read.
   */
  boolean isVacant() {
    return !assumed && !isReadable() && !isUndecodable() && !isLease();
  }

  /**
   * Whether there is an entry that has expired but whose last value is still available; a tombstone
   * is no entry, and an entry with a tag that has another version did not end by its expiry.
   */
  public boolean isExpired() {
    return packed != null
        && tagsMatch
        && packed.isExpired(takenAt)
        && packed.deadline() != Envelope.NO_ENTRY
        && decodes(packed);
  }

  /**
   * Whether there is an {@linkplain #isExpired expired} entry, for less than that time.
   *
   * @param millis not negative
   */
  public boolean isExpiredFor(long millis) {
    return isExpired() && takenAt - packed().deadline() < millis;
  }

  /**
   * Whether a live entry expires after that time at the latest.
   *
   * @param millis not negative
   */
  public boolean expiresWithin(long millis) {
    return packed().deadline() - takenAt <= millis;
  }

  /**
   * The value of a live or an expired entry.
   *
   * @throws CodecException if the item cannot be decoded
   */
  public V value() {
    if (packed == null || !decodes(packed)) {
      throw undecodable();
    }
    return Objects.requireNonNull(value);
  }

  /**
   * Whether a live entry has that value. Values are compared by content, as in a store by value:
   * arrays are equal if their elements are, and so are values that are stored as the same bytes.
   */
  public boolean holds(V expected) {
    return Objects.deepEquals(expected, value()) || format.storesAlike(expected, value(), packed());
  }

  /**
   * Whether a live entry has expired at a later time. Only the store knows when an entry without
   * envelope expires.
   *
   * @param now in milliseconds since the epoch
   */
  public boolean isExpiredAt(long now) {
    return packed().isExpired(now);
  }

  /** Whether there is an item that has that deadline. */
  boolean hasDeadline(long deadline) {
    return packed != null && packed.deadline() == deadline;
  }

  /** When the entry expires, in milliseconds since the epoch. */
  public long deadline() {
    return packed().deadline();
  }

  /**
   * The CAS value a write can be conditional on; {@link Command#NO_CAS} makes it conditional on
   * absence.
   */
  long cas() {
    return cas;
  }

  /** The version of the entry, which every store of it changes. */
  public long version() {
    return cas;
  }

  /** Whether the entry has that version; what is not stored yet has none. */
  public boolean hasVersion(long number) {
    return stored && cas == number;
  }

  /** The write id of the item, or {@link Envelope#NO_WRITE_ID}. */
  long writeId() {
    return packed == null ? Envelope.NO_WRITE_ID : packed.writeId();
  }

  /** Whether the store holds, or is about to hold, exactly the same there. */
  boolean isSameAs(Snapshot<V> other) {
    if (packed == null || other.packed == null) {
      return packed == other.packed && failure == null && other.failure == null;
    }
    return packed.flags() == other.packed.flags()
        && Arrays.equals(packed.data(), other.packed.data());
  }

  /** The key as it is sent to the store. */
  public String storeKey() {
    return wire;
  }

  /** The size of the item without its key, in bytes. */
  int size() {
    return packed == null ? 0 : packed.data().length;
  }

  PackedValue packed() {
    return Objects.requireNonNull(packed, "There is no entry");
  }

  /** Why the item cannot be decoded, for the caller of the cache. */
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
