package org.jcachememcached.internal.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jcachememcached.internal.thread.SerialTask;
import org.jspecify.annotations.Nullable;

/**
 * A line for every key that is in use, in which calls wait for their turn. Unlike a lock, a turn
 * belongs to no thread: a call that does not wait can take it too. Thread-safe.
 */
final class KeyTurns {

  /** Large enough that a busy key seldom makes the reader of another one read twice. */
  private static final int SLOTS = 1_024;

  private final ConcurrentHashMap<String, Line> lines = new ConcurrentHashMap<>();
  private final AtomicIntegerArray ends = new AtomicIntegerArray(SLOTS);

  /**
   * A number that changes when a turn of that key ends, and occasionally for other keys: while it
   * stays the same, no call has changed the entry in its turn.
   */
  int ends(String key) {
    return ends.get(slot(key));
  }

  private int slot(String key) {
    return Math.floorMod(key.hashCode(), ends.length());
  }

  /** The calls that wait for one key, the first of which has its turn. */
  private final class Line {

    private final Deque<Turn> turns = new ArrayDeque<>(2);
    private final SerialTask beginning;

    private Line(String key) {
      this.beginning = new SerialTask("The turn of a call", () -> beginFirst(key));
    }
  }

  /** The place of a call in the line of a key; has to be closed, whether or not its turn came. */
  final class Turn implements AutoCloseable {

    private final String key;
    private final CompletableFuture<@Nullable Void> come = new CompletableFuture<>();

    private Turn(String key) {
      this.key = key;
    }

    /** Is completed when it is the turn of this call. */
    CompletableFuture<@Nullable Void> come() {
      return come;
    }

    /** Ends the turn, or gives up waiting for it. */
    @Override
    public void close() {
      leave(this);
    }
  }

  /** Enters the line of a key, at its end. */
  Turn enter(String key) {
    Turn turn = new Turn(key);
    begin(
        lines.compute(
            key,
            (k, line) -> {
              Line joined = line == null ? new Line(key) : line;
              joined.turns.add(turn);
              return joined;
            }));
    return turn;
  }

  private void leave(Turn turn) {
    ends.incrementAndGet(slot(turn.key));
    begin(
        lines.computeIfPresent(
            turn.key,
            (k, line) -> {
              line.turns.remove(turn);
              return line.turns.isEmpty() ? null : line;
            }));
  }

  /** Lets the first one in a line begin, who may end its turn at once. */
  private static void begin(@Nullable Line line) {
    if (line != null) {
      line.beginning.request();
    }
  }

  /** The dependents of the turn run outside of the map. */
  private void beginFirst(String key) {
    Turn[] first = new Turn[1];
    lines.computeIfPresent(
        key,
        (k, line) -> {
          first[0] = line.turns.peek();
          return line;
        });
    if (first[0] != null) {
      first[0].come.complete(null);
    }
  }
}
