package org.jcachememcached.internal.store.memcached.invalidation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.Reply.Status;
import org.jspecify.annotations.Nullable;

/**
 * Removes the pending invalidations of one connection, however often it breaks: a key is forgotten
 * when the server has answered its removal, never before. Thread-safe.
 *
 * <p>While there is no connection the keys are kept. On a new one they are replayed before any
 * other request; what is added meanwhile is queued on the connection before any other request. On
 * an established connection they are sent at once.
 *
 * <p>What was replayed is removed once more a little later. A server that hung has requests of the
 * old connection in its buffers, and may execute them in one thread when the replay in another has
 * ended already. Before the first connection there was none.
 */
public final class Invalidations implements OutstandingRemovals.Holder {

  /** What is done with keys at the moment. */
  private enum Phase {
    KEPT,
    REPLAYED,
    SENT
  }

  private static final int KEYS_PER_REQUEST = 1000;
  private static final int MAX_KEYS_UNDER_WAY = 8 * KEYS_PER_REQUEST;

  private final PendingInvalidations.Part pending;
  private final Remover remover;
  private final RepeatedInvalidations repeated;
  private final PrefixSweeps sweeps;
  private Phase phase = Phase.KEPT;
  private @Nullable CompletableFuture<Boolean> replay;
  private @Nullable Runnable conclusion;
  private int toReplay;

  /** Whether the server may have requests of an earlier connection in its buffers. */
  private boolean mayBeOvertaken;

  private int keysUnderWay;
  private long requestedKeys;
  private long replayedKeys;

  /**
   * Creates the invalidations of a connection that is not open yet.
   *
   * @param pending keeps what is to be removed
   * @param repeatAfter how long after a replay its keys are removed once more
   */
  public Invalidations(PendingInvalidations.Part pending, Duration repeatAfter, Remover remover) {
    this.pending = pending;
    this.repeated = new RepeatedInvalidations(repeatAfter);
    this.sweeps = new PrefixSweeps(pending, remover::sweep);
    this.remover = remover;
  }

  /** Removes keys; all of them begin with the prefix. */
  public synchronized void add(String prefix, List<String> keys) {
    for (String key : keys) {
      if (phase == Phase.SENT && isWorthRequest()) {
        sendSome();
      }
      pending.add(new PendingInvalidations.Entry(prefix, key));
    }
    requestedKeys += keys.size();
    if (phase == Phase.SENT) {
      sendSome();
    }
  }

  private boolean isWorthRequest() {
    return pending.size() >= KEYS_PER_REQUEST || !pending.hasRoom();
  }

  /** The connection is lost or given up. What it carried is reported one by one, as failed. */
  public void keep() {
    concluding(
        () -> {
          phase = Phase.KEPT;
          endReplay(false);
          toReplay = 0;
          sweeps.stop();
          repeated.noteAll(pending);
        });
  }

  /**
   * Replays everything on a new connection that carries nothing else yet.
   *
   * @return whether everything is removed, so that other requests can be sent; never fails
   */
  public CompletableFuture<Boolean> replay() {
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

  /** Sends what is due; to be called at short intervals. */
  public synchronized void tick(long nanoTime) {
    if (phase != Phase.SENT) {
      return;
    }
    repeated.noteDue(pending, nanoTime);
    sendSome();
    if (sweeps.isDue(nanoTime)) {
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
      mayBeOvertaken = true;
      repeated.schedule();
      endReplay(true);
    }
  }

  private void sendSome() {
    // All of them: what is sent later must not be executed earlier.
    while (pending.size() > 0) {
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
        noteReplayed(entries.get(i));
      }
    }
    goOn(allRemoved);
  }

  private void noteReplayed(PendingInvalidations.Entry entry) {
    replayedKeys++;
    if (mayBeOvertaken) {
      repeated.add(entry);
    }
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

  /** Begins a sweep if there are prefixes; returns whether one is under way or has just failed. */
  private boolean sweepIfNeeded() {
    PrefixSweeps.Running begun = sweeps.begin();
    if (begun != null) {
      try {
        begun.sweep().start(done -> concluding(() -> swept(begun, done)));
      } catch (Throwable noThread) {
        swept(begun, false);
        return true;
      }
    }
    return sweeps.isUnderWay();
  }

  private void swept(PrefixSweeps.Running ended, boolean done) {
    sweeps.ended(ended, done);
    if (done && phase == Phase.REPLAYED) {
      repeated.addPrefixes(ended.prefixes());
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

  /** Completes the future of a replay that the step has ended, after the lock is released. */
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
   * Removes now what is due later, and waits until everything is removed, if the connection is
   * open.
   *
   * @param end when to give up at the latest, as of {@link System#nanoTime()}
   */
  public synchronized void settle(long end) {
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
          requestedKeys += others.size();
          mayBeOvertaken = true;
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
          sweeps.noteUnderWay();
          pending.moveTo(others);
        });
  }

  /** Whether a sweep is under way, which takes a while. */
  public synchronized boolean isSweeping() {
    return sweeps.isUnderWay();
  }

  /** Whether everything is removed. */
  public synchronized boolean isDone() {
    return pending() == 0 && !pending.hasPrefixes() && !sweeps.isUnderWay();
  }

  /** Whether nothing has to be replayed on any connection of the server. */
  public boolean isEmpty() {
    return pending.whole().isEmpty();
  }

  /** How many keys are still to be removed, those under way included. */
  public synchronized int pending() {
    return pending.size() + keysUnderWay;
  }

  /** How many keys were added since the start. */
  public synchronized long requested() {
    return requestedKeys;
  }

  /** How many keys were replayed on new connections since the start. */
  public synchronized long replayed() {
    return replayedKeys;
  }
}
