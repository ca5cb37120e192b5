package org.jcachememcached.engine;

import java.util.Objects;
import org.jcachememcached.codec.EncodedKey;
import org.jspecify.annotations.Nullable;

/** One operation on its way through a call. Not thread-safe. */
final class Attempt<K, V, R extends @Nullable Object> {

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
  private boolean writerTold;

  /**
   * @param seen what is already known of the entry; null when it has to be looked at
   */
  Attempt(Operation<K, V, R> operation, EncodedKey key, @Nullable Snapshot<V> seen) {
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

  void apply(long now) {
    outcome = operation.apply(seen(), now);
  }

  Outcome<K, V, R> outcome() {
    return Objects.requireNonNull(outcome);
  }

  void tellWriter() {
    writerTold = true;
  }

  /** Whether the writer was told of an outcome, be it one that was lost since. */
  boolean isWriterTold() {
    return writerTold;
  }

  /** The outcome stands. */
  void decide() {
    state = State.DECIDED;
  }

  void decide(Outcome<K, V, R> decided) {
    outcome = decided;
    state = State.DECIDED;
  }

  void fail() {
    state = State.FAILED;
  }

  /** Somebody else was faster: what was seen holds no longer. */
  void lose() {
    seen = null;
    outcome = null;
  }
}
