package org.jcachememcached.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jcachememcached.internal.codec.envelope.TagVersion;
import org.jcachememcached.internal.codec.key.EncodedKey;
import org.jcachememcached.internal.near.NearRead;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.StoreException;
import org.jspecify.annotations.Nullable;

/** An operation of a running call and its progress. Not thread-safe. */
final class PendingOperation<K, V, R extends @Nullable Object> {

  private enum State {
    OPEN,
    COMPLETED,
    FAILED
  }

  private final Operation<K, V, R> operation;
  private final EncodedKey key;
  private State state = State.OPEN;
  private @Nullable Snapshot<V> snapshot;
  private @Nullable Outcome<K, V, R> outcome;
  private @Nullable Command command;
  private @Nullable NearRead nearRead;
  private @Nullable R result;
  private int losses;
  private long writeId;
  private @Nullable List<TagVersion> tags;
  private @Nullable HeldLease lease;
  private boolean mayHaveChanged;
  private boolean writtenThrough;
  private boolean itemSkipped;
  private int lostToItself;
  private List<IndeterminateWrite<K, V, R>> indeterminate = List.of();

  /**
   * @param snapshot what is known of the entry already; null if it has to be read
   */
  PendingOperation(Operation<K, V, R> operation, EncodedKey key, @Nullable Snapshot<V> snapshot) {
    this.operation = operation;
    this.key = key;
    this.snapshot = snapshot;
  }

  Operation<K, V, R> operation() {
    return operation;
  }

  EncodedKey key() {
    return key;
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  /** The command that reads the entry, and may count as its access. */
  Command.Get read(long now) {
    Command.Get read = new Command.Get(key.wire(), operation.keepUntilOnRead(now));
    // What an enclosing call has read stays as it is until that call ends.
    return read.touches() && CallStack.isPending(key.wire()) ? new Command.Get(key.wire()) : read;
  }

  boolean hasSnapshot() {
    return snapshot != null;
  }

  Snapshot<V> snapshot() {
    return Objects.requireNonNull(snapshot);
  }

  void setSnapshot(Snapshot<V> entry) {
    snapshot = entry;
  }

  /** Whether the operation needs a lease before it is applied to the snapshot. */
  boolean needsLease() {
    return operation.needsLease(snapshot());
  }

  /** Whether the operation holds the lease that is in place of the entry. */
  boolean holdsLeaseOfSnapshot() {
    return lease != null && lease.cas() == snapshot().cas();
  }

  /**
   * The operation holds the lease of its entry.
   *
   * @param cas the CAS value of the lease, which has replaced what was read
   */
  void hold(HeldLease held, long cas) {
    boolean unused = endLease();
    lease = held;
    snapshot = snapshot().withCas(cas);
  }

  /**
   * The command that ends the lease at once; null if the operation holds none any more. Only for an
   * operation that is completed or has failed.
   */
  @Nullable Command releaseLease() {
    HeldLease held = lease;
    lease = null;
    return held == null ? null : held.release();
  }

  /**
   * The item is no lease of this operation any more.
   *
   * @return whether it was one
   */
  boolean endLease() {
    if (lease == null) {
      return false;
    }
    long unused = lease.end();
    lease = null;
    return true;
  }

  /** What the near cache needs to keep what is read; null if it is not to keep anything. */
  @Nullable NearRead nearRead() {
    return nearRead;
  }

  void setNearRead(@Nullable NearRead read) {
    nearRead = read;
  }

  /** Whether the operation was applied to the snapshot and is not completed yet. */
  boolean isApplied() {
    return outcome != null;
  }

  void apply(long now) {
    Outcome<K, V, R> applied = operation.apply(snapshot(), now);
    outcome = itemSkipped ? applied.withoutItem() : applied;
    mayHaveChanged |= !(applied.mutation() instanceof Mutation.Keep);
    if (lease != null) {
      snapshot = snapshot().withCas(lease.end());
    }
  }

  /** Whether an outcome of the operation was to change the entry, whatever has become of it. */
  boolean mayHaveChanged() {
    return mayHaveChanged;
  }

  /** Encodes the command of the outcome. */
  void prepare(EntryFormat<K, V> format, long now) {
    command = outcome().mutation().command(format, key, snapshot(), newMark(), now);
  }

  /** Continues as if the item, which is too large, had been stored and evicted at once. */
  void skipItem() {
    itemSkipped = true;
    if (outcome != null) {
      outcome = outcome.withoutItem();
    }
  }

  /** Whether the item is a value, and the call can continue without it. */
  boolean maySkipItem() {
    return !itemSkipped && (outcome == null || outcome.mutation().outdates());
  }

  /** Whether the result is valid even if the mutation fails. */
  boolean isBestEffort() {
    return operation.isBestEffort() || (outcome != null && outcome.isBestEffort());
  }

  /** What goes with the value of the next store: a write id of its own, never 0, and the tags. */
  WriteMark newMark() {
    // The first byte is no digit and no space: memcached must not take the item for a number.
    writeId = ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE | 1;
    return new WriteMark(writeId, tags == null ? tagsToKeep() : tags);
  }

  private List<TagVersion> tagsToKeep() {
    return snapshot != null && operation.keepsTags() ? snapshot.tags() : List.of();
  }

  /** Whether the operation is to store an entry with tags whose versions are not known yet. */
  boolean needsTags() {
    return tags == null && !operation.tags().isEmpty() && operation.needsKeyLock(snapshot);
  }

  /** The operation stores entries with these tags, however often it is repeated. */
  void setTags(List<TagVersion> versions) {
    tags = versions;
  }

  /** Identifies the next store, or the last one. */
  long writeId() {
    return writeId;
  }

  /** The command to send; null if the outcome needs none. */
  @Nullable Command command() {
    return command;
  }

  /** The size of the item to send, in bytes. */
  int itemBytes() {
    Item item = command == null ? null : command.item();
    return item == null ? 0 : item.data().length;
  }

  Outcome<K, V, R> outcome() {
    return Objects.requireNonNull(outcome);
  }

  /** Whether the outcome has events. */
  boolean hasEvents() {
    return outcome != null && !outcome.events().isEmpty();
  }

  /** Whether reading the entry may show that an outcome with events has happened. */
  boolean mayTurnOutToHaveEvents() {
    return !indeterminate.isEmpty()
        && indeterminate.stream()
            .anyMatch(indeterminate -> !indeterminate.outcome().events().isEmpty());
  }

  /** The stored size of the old value and the new one together, in bytes. */
  long bytes() {
    Item stored = command == null ? null : command.item();
    return (snapshot == null ? 0L : snapshot.size()) + (stored == null ? 0 : stored.data().length);
  }

  /** The writer was called. */
  void markWrittenThrough() {
    writtenThrough = true;
  }

  /** The command that removes the outdated value; null if there is none. */
  @Nullable Command removal() {
    boolean outdates = outcome == null || outcome.mutation().outdates();
    return !outdates || snapshot == null || snapshot.cas() == Command.NO_CAS
        ? null
        : new Command.CompareAndDelete(key.wire(), snapshot.cas());
  }

  /** Whether the writer was called for an outcome, even one that lost a race since. */
  boolean isWrittenThrough() {
    return writtenThrough;
  }

  /** The outcome is final; only its result is kept. */
  void complete(Outcome<K, V, R> completed) {
    result = completed.result();
    state = State.COMPLETED;
    forget();
  }

  /** The result, once the operation is completed. */
  @SuppressWarnings("NullAway") // It is null only where R allows null.
  R result() {
    return result;
  }

  /** The operation has failed. */
  void fail() {
    state = State.FAILED;
    forget();
  }

  /** Another client was faster: the snapshot is outdated. */
  void lose() {
    losses++;
    forget();
  }

  /** How often another client was faster. */
  int losses() {
    return losses;
  }

  /** The entry has to be read again, but the outcome stays. */
  void forgetSnapshot() {
    snapshot = null;
  }

  /** Discards the snapshot and the outcome. */
  void forget() {
    snapshot = null;
    outcome = null;
    command = null;
  }

  /**
   * Application code has changed the entry during this call.
   *
   * @return how often so far
   */
  int loseToItself() {
    lose();
    return ++lostToItself;
  }

  /**
   * The reply to the last store was lost; only another read can show whether it happened.
   *
   * @param wanted the outcome if it happened
   */
  void indeterminate(Outcome<K, V, R> wanted, StoreException cause) {
    Long cas = snapshot == null ? null : snapshot.cas();
    if (indeterminate.isEmpty()) {
      indeterminate = new ArrayList<>(1);
    }
    indeterminate.add(new IndeterminateWrite<>(cas, writeId, wanted, cause));
    lose();
  }

  /** The stores that may or may not have happened. */
  List<IndeterminateWrite<K, V, R>> indeterminate() {
    return indeterminate;
  }
}
