package org.jcachememcached.guice;

import java.util.concurrent.CompletableFuture;

/** Each caller who does not find the value computes it. Thread-safe. */
final class ByEachCaller implements Computing {

  @Override
  public Outcome value(ResultCall call) {
    Outcome cached = call.cached();
    return cached != null ? cached : call.store(call.run());
  }

  @Override
  public CompletableFuture<Outcome> stage(ResultCall call) {
    Outcome cached = call.cached();
    return cached != null
        ? CompletableFuture.completedFuture(cached)
        : call.runStage().thenApply(call::store);
  }
}
