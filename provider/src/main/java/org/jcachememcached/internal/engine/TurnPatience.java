package org.jcachememcached.internal.engine;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jcachememcached.internal.thread.Delays;
import org.jspecify.annotations.Nullable;

/**
 * Ends the waits of calls for their turn that have lasted long enough, {@value #TICK_MILLIS} ms
 * late at most. To wait takes no lock, so that a caller never waits for that. Thread-safe.
 */
final class TurnPatience {

  private static final long TICK_MILLIS = 50;
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);

  /** A wait that has an end. */
  private record Wait(CompletableFuture<@Nullable Void> turn, long end) {

    boolean isOver(long now) {
      return turn.isDone() || now - end >= 0;
    }
  }

  private final long nanos;
  private final Queue<Wait> waits = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean ticking = new AtomicBoolean();

  /**
   * @param longest how long a call waits
   */
  TurnPatience(Duration longest) {
    this.nanos = longest.toNanos();
  }

  /** Completes a turn if it has not come after the longest wait. */
  void limit(CompletableFuture<@Nullable Void> turn) {
    waits.add(new Wait(turn, System.nanoTime() + nanos));
    tickLater();
  }

  private void tickLater() {
    if (!waits.isEmpty() && ticking.compareAndSet(false, true)) {
      Delays.runAfter(TICK_NANOS, this::tick).isDone();
    }
  }

  private void tick() {
    long now = System.nanoTime();
    for (Wait oldest = waits.peek(); oldest != null && oldest.isOver(now); oldest = waits.peek()) {
      waits.remove();
      oldest.turn().complete(null);
    }
    ticking.set(false);
    tickLater();
  }
}
