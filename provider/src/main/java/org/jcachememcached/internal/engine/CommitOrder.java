package org.jcachememcached.internal.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jcachememcached.internal.engine.KeyTurns.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ensures that the events of a key are enlisted in the order in which the store executed the
 * changes: from sending a change until its events are enlisted, no other call in this JVM sends a
 * change of the same key that has events. Thread-safe.
 *
 * <p>Unlike {@link KeyLocks} this order never keeps a call waiting while application code runs,
 * only while the store replies, which its timeout bounds. If a thread waits for longer than {@value
 * #PATIENCE_SECONDS} s nevertheless, the change is made and a warning logged that its events may be
 * out of order.
 */
final class CommitOrder {

  private static final Logger LOG = LoggerFactory.getLogger(CommitOrder.class);

  private static final long PATIENCE_SECONDS = 60;

  private final KeyTurns turns = new KeyTurns();

  /**
   * Commits changes.
   *
   * @param keys the keys that have events
   * @param commit sends the changes and enlists their events
   */
  void inOrder(Collection<String> keys, Runnable commit) {
    if (keys.isEmpty()) {
      commit.run();
      return;
    }
    List<Turn> taken = new ArrayList<>(keys.size());
    try {
      takeAll(keys, taken);
      commit.run();
    } finally {
      taken.forEach(Turn::close);
    }
  }

  /** In sorted order, to avoid deadlocks. */
  private void takeAll(Collection<String> keys, List<Turn> taken) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    for (String key : new TreeSet<>(keys)) {
      Turn turn = turns.enter(key);
      taken.add(turn);
      if (!await(turn, end)) {
        LOG.warn("The order of events of '{}' is not certain: a change takes too long", key);
      }
    }
  }

  private static boolean await(Turn turn, long end) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          turn.come().get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
          return true;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          return false;
        } catch (ExecutionException e) {
          throw new IllegalStateException("a turn cannot fail", e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Takes the turns of keys without waiting.
   *
   * @param begin runs when it is the turn of all of them, in whichever thread that happens;
   *     receives what ends the turns
   */
  void takeTurns(Collection<String> keys, Consumer<Runnable> begin) {
    takeNext(new TreeSet<>(keys).iterator(), new ArrayList<>(keys.size()), begin);
  }

  private void takeNext(Iterator<String> keys, List<Turn> taken, Consumer<Runnable> begin) {
    while (keys.hasNext()) {
      Turn turn = turns.enter(keys.next());
      taken.add(turn);
      if (!turn.come().isDone()) {
        turn.come().thenRun(() -> takeNext(keys, taken, begin)).isDone();
        return;
      }
    }
    begin.accept(() -> taken.forEach(Turn::close));
  }
}
