package org.jcachememcached.guice;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** The computation of one missing value, for all who want it meanwhile. Thread-safe. */
final class Computation {

  /** An entry of a cache. The cache counts by identity, the key as its class says. */
  record Entry(Cache<?, ?> cache, Object key) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Entry entry && cache == entry.cache && key.equals(entry.key);
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(cache) + key.hashCode();
    }
  }

  private final Entry entry;
  private final Method method;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final long begun = System.nanoTime();
  private volatile @Nullable Thread runner = Thread.currentThread();
  private volatile boolean isOutdated;
  private volatile boolean isFound;
  private volatile boolean isSecond;

  /** A computation by the current thread. */
  Computation(Entry entry, Method method) {
    this.entry = entry;
    this.method = method;
  }

  Entry entry() {
    return entry;
  }

  /** The thread that runs the method; null when the rest happens wherever a stage completes. */
  @Nullable Thread runner() {
    return runner;
  }

  void leaveToStage() {
    runner = null;
  }

  boolean isOlderThan(Duration age) {
    return System.nanoTime() - begun > age.toNanos();
  }

  /** Whether the entry was changed since this computation began: its value may be an old one. */
  boolean isOutdated() {
    return isOutdated;
  }

  void outdate() {
    isOutdated = true;
  }

  /** Whether no method has run: the value was in the cache. Others must look for it themselves. */
  boolean isFound() {
    return isFound;
  }

  void markFound() {
    isFound = true;
  }

  /** Whether another one of the same entry still runs, which took too long or is outdated. */
  boolean isSecond() {
    return isSecond;
  }

  /** This computation, which begins though another one has not ended. */
  Computation asSecond() {
    isSecond = true;
    return this;
  }

  void end(Outcome result) {
    runner = null;
    outcome.complete(result);
  }

  /** How it ends, for one waiter; what this waiter does with the stage does not affect others. */
  CompletableFuture<Outcome> outcome() {
    return outcome.copy();
  }

  /**
   * Whether the callers of a method may be answered with this outcome. A value is what they would
   * find in the cache. An exception is the method's own, and what happened only to the thread that
   * ran it concerns no other caller.
   */
  boolean answers(Method other, Outcome result) {
    if (isFound) {
      return false; // It may have been found before the other caller came, and be removed since.
    }
    Throwable failure = result.failure();
    if (failure == null) {
      return result.value() == null
          ? method.equals(other)
          : ReturnType.ofValues(other).isInstance(result.value());
    }
    return method.equals(other)
        && !(failure instanceof Error)
        && !(failure instanceof InterruptedException);
  }
}
