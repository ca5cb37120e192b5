package org.jcachememcached.internal.store.memcached.invalidation;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sweeps the prefixes of a part, in one sweep at a time. Not thread-safe. */
final class PrefixSweeps {

  /** A sweep that is under way. */
  record Running(Sweep sweep, List<String> prefixes) {}

  private static final long PAUSE_AFTER_FAILURE = TimeUnit.SECONDS.toNanos(1);

  private final PendingInvalidations.Part pending;
  private final Function<List<String>, Sweep> sweeps;
  private @Nullable Running running;
  private long notBefore = System.nanoTime();

  /**
   * @param pending whose prefixes are swept
   * @param sweeps creates the sweep of some prefixes
   */
  PrefixSweeps(PendingInvalidations.Part pending, Function<List<String>, Sweep> sweeps) {
    this.pending = pending;
    this.sweeps = sweeps;
  }

  /** Takes the prefixes for a sweep, to be started; null if there are none, or one is under way. */
  @Nullable Running begin() {
    if (running != null || !pending.hasPrefixes()) {
      return null;
    }
    List<String> prefixes = pending.takePrefixes();
    running = new Running(sweeps.apply(prefixes), prefixes);
    return running;
  }

  /** A sweep has ended; the prefixes of one that has failed are pending again. */
  @SuppressWarnings("ReferenceEquality") // Two sweeps may be alike.
  void ended(Running ended, boolean done) {
    if (running == ended) {
      running = null;
    }
    if (!done) {
      ended.prefixes().forEach(pending::addPrefix);
      notBefore = System.nanoTime() + PAUSE_AFTER_FAILURE;
    }
  }

  /** Whether the pause after a failed sweep has passed. */
  boolean isDue(long nanoTime) {
    return nanoTime - notBefore >= 0;
  }

  boolean isUnderWay() {
    return running != null;
  }

  /** Stops the sweep that is under way, if there is one. */
  void stop() {
    if (running != null) {
      running.sweep().stop();
    }
  }

  /** Adds the prefixes of the sweep that is under way to those that are pending. */
  void noteUnderWay() {
    if (running != null) {
      running.prefixes().forEach(pending::addPrefix);
    }
  }
}
