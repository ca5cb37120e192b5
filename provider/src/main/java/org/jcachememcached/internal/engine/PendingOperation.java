package org.jcachememcached.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jcachememcached.internal.codec.key.EncodedKey;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.StoreException;
import org.jspecify.annotations.Nullable;

/** One operation on its way through a call. Not thread-safe. */
final class PendingOperation<K, V, R extends @Nullable Object> {

  private enum State {
    OPEN,
    DECIDED,
    FAILED
  }

  private final Operation<K, V, R> operation;
  private final EncodedKey key;
  private State state = State.OPEN;
  private @Nullable Snapshot<V> seen;
  private @Nullable Outcome<K, V, R> outcome;
  private @Nullable Command command;
  private @Nullable R result;
  private int losses;
  private long writeId;
  private boolean writerTold;
  private boolean leftOut;
  private int lostToItself;
  private List<IndeterminateWrite<K, V, R>> indeterminate = List.of();

  /**
   * @param seen what is already known of the entry; null when it has to be looked at
   */
  PendingOperation(Operation<K, V, R> operation, EncodedKey key, @Nullable Snapshot<V> seen) {
    this.operation = operation;
    this.key = key;
    this.seen = seen;
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

  boolean hasSeen() {
    return seen != null;
  }

  Snapshot<V> seen() {
    return Objects.requireNonNull(seen);
  }

  void see(Snapshot<V> entry) {
    seen = entry;
  }

  /** Whether what was seen led to an outcome, which is yet to be decided. */
  boolean isApplied() {
    return outcome != null;
  }

  void apply(long now) {
    Outcome<K, V, R> applied = operation.apply(seen(), now);
    outcome = leftOut ? applied.withoutItem() : applied;
  }

  /** Encodes what is to be sent for the outcome. */
  void prepare(EntryFormat<K, V> format, long now) {
    command = outcome().change().command(format, key, seen(), newWriteId(), now);
  }

  /** The store does not take the item: goes on as if it had been evicted at once. */
  void leaveOut() {
    leftOut = true;
    if (outcome != null) {
      outcome = outcome.withoutItem();
    }
  }

  /** Whether what is to be stored is a value, and the call can go on without it. */
  boolean mayBeLeftOut() {
    return !leftOut && (outcome == null || outcome.change().outdates());
  }

  /** Whether the caller has its answer whatever becomes of the change. */
  boolean isCourtesy() {
    return operation.isCourtesy() || (outcome != null && outcome.isCourtesy());
  }

  /** A number by which the next store is known again; never 0. */
  long newWriteId() {
    writeId = ThreadLocalRandom.current().nextLong() | 1;
    return writeId;
  }

  /** What is to be sent; null when the outcome needs nothing to be. */
  @Nullable Command command() {
    return command;
  }

  /** The bytes of the item that is to be sent. */
  int itemBytes() {
    Item item = command == null ? null : command.item();
    return item == null ? 0 : item.data().length;
  }

  Outcome<K, V, R> outcome() {
    return Objects.requireNonNull(outcome);
  }

  /** Whether listeners are to be told of the outcome. */
  boolean hasEvents() {
    return outcome != null && !outcome.events().isEmpty();
  }

  /** Whether another look may show that an outcome with events has come to pass. */
  boolean mayTurnOutToHaveEvents() {
    return !indeterminate.isEmpty()
        && indeterminate.stream()
            .anyMatch(indeterminate -> !indeterminate.outcome().events().isEmpty());
  }

  /** How large the old value and the new one are together, as they are stored. */
  long bytes() {
    Item stored = command == null ? null : command.item();
    return (seen == null ? 0L : seen.size()) + (stored == null ? 0 : stored.data().length);
  }

  void writtenThrough() {
    writerTold = true;
  }

  /** What to send to leave no older value behind; null when there is none to leave. */
  @Nullable Command removal() {
    return seen == null || seen.cas() == Command.NO_CAS
        ? null
        : new Command.CompareAndDelete(key.wire(), seen.cas());
  }

  /** Whether the writer was told of an outcome, be it one that was lost since. */
  boolean isWriterTold() {
    return writerTold;
  }

  /** The outcome stands; nothing but the answer is kept. */
  void decide(Outcome<K, V, R> decided) {
    result = decided.result();
    state = State.DECIDED;
    forget();
  }

  /** What the caller gets, once it is decided. */
  @SuppressWarnings("NullAway") // It is null only where R allows null.
  R result() {
    return result;
  }

  void fail() {
    state = State.FAILED;
    forget();
  }

  /** Somebody else was faster: what was seen holds no longer. */
  void lose() {
    losses++;
    forget();
  }

  /** How often somebody else was faster. */
  int losses() {
    return losses;
  }

  /** Lets go of what was seen and what came of it. */
  void forget() {
    seen = null;
    outcome = null;
    command = null;
  }

  /**
   * Code of the application has changed the entry in the midst of this call.
   *
   * @return how often so far
   */
  int loseToItself() {
    lose();
    return ++lostToItself;
  }

  /**
   * The answer to the last store was lost; only another look can tell what became of it.
   *
   * @param wanted the outcome if it happened
   */
  void indeterminate(Outcome<K, V, R> wanted, StoreException cause) {
    Long cas = seen == null ? null : seen.cas();
    if (indeterminate.isEmpty()) {
      indeterminate = new ArrayList<>(1);
    }
    indeterminate.add(new IndeterminateWrite<>(cas, writeId, wanted, cause));
    lose();
  }

  /** The stores of which it is not known whether they happened. */
  List<IndeterminateWrite<K, V, R>> indeterminate() {
    return indeterminate;
  }
}
