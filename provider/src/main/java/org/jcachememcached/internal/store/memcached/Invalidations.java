package org.jcachememcached.internal.store.memcached;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.Reply.Status;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that what is to be removed on one connection is removed there, however often it
 * breaks: a key is forgotten when the server has answered its removal, never before. Thread-safe.
 *
 * <p>While there is no connection the keys are kept. On a new one they are replayed before anything
 * else is asked; what is added meanwhile is queued on the connection before anything else. While
 * the server is asked they are sent at once.
 *
 * <p>What was replayed is removed once more a little later. A server that hung has requests of the
 * old connection in its buffers, and may carry them out in one thread when the replay in another is
 * through already.
 */
final class Invalidations implements OutstandingRemovals.Holder {

  /** What is done on the server. */
  interface Remover {

    /** Removes keys, ahead of everything that is asked of the server later. */
    CompletableFuture<List<Reply>> remove(List<String> keys);

    /** Prepares to remove everything below the prefixes. */
    Sweep sweep(List<String> prefixes);
  }

  /** The removal of everything below some prefixes, which can take a while. Thread-safe. */
  interface Sweep {

    /**
     * Begins.
     *
     * @param whenEnded learns, in another thread, whether everything was removed
     */
    void start(Consumer<Boolean> whenEnded);

    /** Gives up. */
    void stop();
  }

  /** What is done with keys at the moment. */
  private enum Phase {
    KEPT,
    REPLAYED,
    SENT
  }

  private static final int KEYS_PER_REQUEST = 1000;
  private static final int MAX_KEYS_UNDER_WAY = 8 * KEYS_PER_REQUEST;
  private static final long PAUSE_AFTER_FAILED_SWEEP = TimeUnit.SECONDS.toNanos(1);

  private final PendingInvalidations.Part pending;
  private final Remover remover;
  private final RepeatedInvalidations repeated;
  private Phase phase = Phase.KEPT;
  private @Nullable CompletableFuture<Boolean> replay;
  private @Nullable Runnable conclusion;
  private @Nullable Sweep sweep;
  private List<String> swept = List.of();
  private int toReplay;
  private int keysUnderWay;
  private long sweepNotBefore = System.nanoTime();
  private long pendingKeys;
  private long replayedKeys;

  /**
   * @param pending keeps what is to be removed
   * @param repeatAfter when after a replay its keys are removed once more
   */
  Invalidations(PendingInvalidations.Part pending, Duration repeatAfter, Remover remover) {
    this.pending = pending;
    this.repeated = new RepeatedInvalidations(repeatAfter);
    this.remover = remover;
  }

  /** Has the keys removed; {@code prefix} is what all of them begin with. */
  synchronized void add(String prefix, List<String> keys) {
    for (String key : keys) {
      if (phase == Phase.SENT && isWorthRequest()) {
        sendSome();
      }
      pending.add(new PendingInvalidations.Entry(prefix, key));
    }
    pendingKeys += keys.size();
    if (phase == Phase.SENT) {
      sendSome();
    }
  }

  private boolean isWorthRequest() {
    return pending.size() >= KEYS_PER_REQUEST || !pending.hasRoom();
  }

  /** There is no connection any more. What it carried comes back one by one, as failed. */
  void keep() {
    concluding(
        () -> {
          phase = Phase.KEPT;
          endReplay(false);
          toReplay = 0;
          if (sweep != null) {
            sweep.stop();
          }
          repeated.noteAll(pending);
        });
  }

  /**
   * Replays everything on a new connection that carries nothing else yet.
   *
   * @return whether everything is removed, so that the server can be asked for other things; never
   *     fails
   */
  CompletableFuture<Boolean> replay() {
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    concluding(
        () -> {
          phase = Phase.REPLAYED;
          replay = result;
          toReplay = pending.size();
          goOnReplaying();
        });
    return result;
  }

  /** Looks after what is due; to be called at short intervals. */
  synchronized void tick(long nanoTime) {
    if (phase != Phase.SENT) {
      return;
    }
    repeated.noteDue(pending, nanoTime);
    sendSome();
    if (nanoTime - sweepNotBefore >= 0) {
      sweepIfNeeded();
    }
  }

  private void goOnReplaying() {
    while (toReplay > 0 && keysUnderWay < MAX_KEYS_UNDER_WAY) {
      List<PendingInvalidations.Entry> oldest = pending.take(Math.min(toReplay, KEYS_PER_REQUEST));
      // An overflow meanwhile has made a prefix of them.
      toReplay = oldest.isEmpty() ? 0 : toReplay - oldest.size();
      send(oldest);
    }
    if (phase == Phase.REPLAYED && toReplay == 0 && keysUnderWay == 0 && !sweepIfNeeded()) {
      while (pending.size() > 0) {
        send(pending.take(KEYS_PER_REQUEST));
      }
      phase = Phase.SENT;
      repeated.schedule();
      endReplay(true);
    }
  }

  private void sendSome() {
    while (pending.size() > 0 && keysUnderWay < MAX_KEYS_UNDER_WAY) {
      int before = keysUnderWay;
      send(pending.take(KEYS_PER_REQUEST));
      if (keysUnderWay == before) {
        // It has failed already; the next tick tries again.
        return;
      }
    }
  }

  private void send(List<PendingInvalidations.Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    keysUnderWay += entries.size();
    Phase sentIn = phase;
    remover
        .remove(entries.stream().map(PendingInvalidations.Entry::key).toList())
        .thenAccept(replies -> concluding(() -> take(entries, replies, sentIn)))
        .isDone();
  }

  private void take(List<PendingInvalidations.Entry> entries, List<Reply> replies, Phase sentIn) {
    keysUnderWay -= entries.size();
    boolean allRemoved = true;
    for (int i = 0; i < entries.size(); i++) {
      if (replies.get(i).status() == Status.FAILED) {
        allRemoved = false;
        pending.add(entries.get(i));
      } else if (sentIn == Phase.REPLAYED) {
        repeated.add(entries.get(i));
        replayedKeys++;
      }
    }
    goOn(allRemoved);
  }

  private void goOn(boolean lastSucceeded) {
    if (phase == Phase.REPLAYED) {
      if (lastSucceeded) {
        goOnReplaying();
      } else {
        phase = Phase.KEPT;
        endReplay(false);
      }
    } else if (phase == Phase.SENT && lastSucceeded) {
      sendSome();
    }
  }

  /** Whether there was anything to sweep, or still is. */
  private boolean sweepIfNeeded() {
    if (sweep == null && pending.hasPrefixes()) {
      List<String> prefixes = pending.takePrefixes();
      Sweep begun = remover.sweep(prefixes);
      sweep = begun;
      swept = prefixes;
      try {
        begun.start(done -> concluding(() -> swept(begun, prefixes, done)));
      } catch (Throwable noThread) {
        swept(begun, prefixes, false);
        return true;
      }
    }
    return sweep != null;
  }

  private void swept(Sweep ended, List<String> prefixes, boolean done) {
    if (sweep == ended) {
      sweep = null;
    }
    if (!done) {
      prefixes.forEach(pending::addPrefix);
      sweepNotBefore = System.nanoTime() + PAUSE_AFTER_FAILED_SWEEP;
    } else if (phase == Phase.REPLAYED) {
      repeated.addPrefixes(prefixes);
    }
    goOn(done);
  }

  private void endReplay(boolean done) {
    if (replay != null) {
      CompletableFuture<Boolean> ended = replay;
      replay = null;
      conclusion = () -> ended.complete(done);
    }
  }

  /** Lets whoever waits for a replay go on, but not before the lock is given back. */
  private void concluding(Runnable step) {
    Runnable concluded;
    synchronized (this) {
      step.run();
      concluded = conclusion;
      conclusion = null;
      notifyAll();
    }
    if (concluded != null) {
      concluded.run();
    }
  }

  /**
   * Removes now what is due later, and waits until everything is removed, where the server can be
   * asked.
   *
   * @param end when to give up at the latest, as of {@link System#nanoTime()}
   */
  synchronized void settle(long end) {
    if (phase == Phase.SENT) {
      repeated.noteAll(pending);
      sendSome();
      sweepIfNeeded();
    }
    try {
      long left = end - System.nanoTime();
      while (phase != Phase.KEPT && !isDone() && left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = end - System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void takeOver(PendingInvalidations.Part others) {
    concluding(
        () -> {
          pendingKeys += others.size();
          others.moveTo(pending);
          if (phase == Phase.SENT) {
            sendSome();
          }
        });
  }

  @Override
  public void leave(PendingInvalidations.Part others) {
    keep();
    concluding(
        () -> {
          if (sweep != null) {
            swept.forEach(pending::addPrefix);
          }
          pending.moveTo(others);
        });
  }

  /** Whether a sweep is under way, which takes its time. */
  synchronized boolean isSweeping() {
    return sweep != null;
  }

  /** Whether everything is removed. */
  synchronized boolean isDone() {
    return pending() == 0 && !pending.hasPrefixes() && sweep == null;
  }

  /** Whether nothing has to be replayed, on no connection of the server. */
  boolean isEmpty() {
    return pending.whole().isEmpty();
  }

  /** How many keys are to be removed still, those under way included. */
  synchronized int pending() {
    return pending.size() + keysUnderWay;
  }

  /** How many keys were given to be removed, ever. */
  synchronized long requested() {
    return pendingKeys;
  }

  /** How many keys were removed when a connection was new, ever. */
  synchronized long replayed() {
    return replayedKeys;
  }
}
