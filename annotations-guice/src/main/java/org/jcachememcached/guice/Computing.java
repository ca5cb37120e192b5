package org.jcachememcached.guice;

import java.util.concurrent.CompletableFuture;

/** How a {@code @CacheResult} method is answered. Implementations are thread-safe. */
interface Computing {

  /** From the cache, or by running the method and storing what it returns. */
  Outcome value(ResultCall call);

  /**
   * The same for a method that returns a stage, which is stored when it completes.
   *
   * @return a stage that fails only if the cache fails and the caller shall hear of it
   */
  CompletableFuture<Outcome> stage(ResultCall call);
}
