package org.jcachememcached.guice;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lets one of many concurrent callers compute a missing value, and the others wait for it.
 *
 * <p>No caller waits for what waits for that caller, nor for longer than the patience: then the
 * method is run. A value whose computation began before the entry was changed through an annotation
 * does not overwrite the change. Thread-safe.
 */
final class StampedeProtection implements Computing {

  /** In place of a number of ended computations, which is never negative. */
  private static final long NOT_LOOKED_UP = -1;

  private final Computations computations;
  private final Duration patience;

  /**
   * @param patience how long to wait for others
   */
  StampedeProtection(Computations computations, Duration patience) {
    this.computations = computations;
    this.patience = patience;
  }

  @Override
  public Outcome value(ResultCall call) {
    Computation.Entry entry = call.entry();
    if (call.isShared()) {
      Computation mine = new Computation(entry, call.method());
      if (computations.begin(mine, patience) == mine) {
        return lead(call, mine, NOT_LOOKED_UP);
      }
    }
    long ended = computations.ended(entry);
    Outcome cached = call.cached();
    return cached != null ? cached : compute(call, entry, ended);
  }

  private Outcome compute(ResultCall call, Computation.Entry entry, long ended) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Computation mine = new Computation(entry, call.method());
      Computation current = computations.begin(mine, patience);
      if (current == mine) {
        return lead(call, mine, ended);
      }
      Outcome outcome = computations.await(current, deadline - System.nanoTime());
      if (outcome == null) {
        return call.store(call.run());
      }
      if (current.answers(call.method(), outcome)) {
        return outcome;
      }
      Outcome cached = current.isFound() ? call.cached() : null;
      if (cached != null) {
        return cached;
      }
    }
  }

  /** The cache does not let a second one begin: that waits for the first one, here or elsewhere. */
  private Outcome lead(ResultCall call, Computation mine, long ended) {
    return call.isShared() && !mine.isSecond()
        ? leadAll(call, mine)
        : leadOfThisJvm(call, mine, ended);
  }

  /** The cache has one caller of all JVMs run the method; its lookup is the first of this call. */
  private Outcome leadAll(ResultCall call, Computation mine) {
    SharedRun run = new SharedRun(call, mine);
    try {
      Outcome outcome = run.outcome();
      if (run.hasRun()) {
        computations.end(mine, outcome);
      } else {
        computations.endFound(mine, outcome);
      }
      return outcome;
    } catch (RuntimeException | Error e) {
      computations.end(mine, Outcome.failed(e));
      throw e;
    }
  }

  private Outcome leadOfThisJvm(ResultCall call, Computation mine, long ended) {
    try {
      Outcome cached = cachedSince(ended, call, mine);
      Outcome outcome = cached != null ? cached : call.runAndStore(mine);
      computations.end(mine, outcome);
      return outcome;
    } catch (RuntimeException | Error e) {
      computations.end(mine, Outcome.failed(e));
      throw e;
    }
  }

  @Override
  public CompletableFuture<Outcome> stage(ResultCall call) {
    Computation.Entry entry = call.entry();
    long ended = computations.ended(entry);
    Outcome cached = call.cached();
    if (cached != null) {
      return CompletableFuture.completedFuture(cached);
    }
    Computation mine = new Computation(entry, call.method());
    Computation current = computations.begin(mine, patience);
    if (current == mine) {
      return leadStage(call, mine, ended);
    }
    return current.runner() == Thread.currentThread() ? runStage(call) : follow(current, call);
  }

  private CompletableFuture<Outcome> leadStage(ResultCall call, Computation mine, long ended) {
    try {
      Outcome cached = cachedSince(ended, call, mine);
      CompletableFuture<Outcome> outcome =
          cached != null
              ? CompletableFuture.completedFuture(cached)
              : call.runStage().thenApply(result -> call.storeUnlessOutdated(mine, result));
      mine.leaveToStage();
      return outcome.whenComplete(
          (result, failure) ->
              computations.end(mine, failure == null ? result : Outcome.ofStage(null, failure)));
    } catch (RuntimeException | Error e) {
      computations.end(mine, Outcome.failed(e));
      throw e;
    }
  }

  /** No thread waits, but a stage that never completes must not be shared without a limit. */
  private CompletableFuture<Outcome> follow(Computation current, ResultCall call) {
    return current
        .outcome()
        .thenApply(Optional::of)
        .completeOnTimeout(Optional.empty(), patience.toNanos(), NANOSECONDS)
        .thenCompose(
            outcome ->
                outcome
                    .filter(result -> current.answers(call.method(), result))
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(() -> runStageElsewhere(call)));
  }

  /** The thread that completes the stages of others, or their timers, is not there to do this. */
  private static CompletableFuture<Outcome> runStageElsewhere(ResultCall call) {
    return CompletableFuture.completedFuture(call).thenComposeAsync(StampedeProtection::runStage);
  }

  private static CompletableFuture<Outcome> runStage(ResultCall call) {
    return call.runStage().thenApply(call::store);
  }

  /**
   * What others stored between the lookup and the beginning of the computation. It is looked for
   * only if a computation has ended meanwhile, so a miss costs one lookup as a rule.
   */
  private @Nullable Outcome cachedSince(long ended, ResultCall call, Computation mine) {
    return computations.ended(mine.entry()) == ended ? null : call.cached();
  }
}
