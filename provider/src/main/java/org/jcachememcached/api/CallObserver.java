package org.jcachememcached.api;

import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Observes the calls of the caches of one manager, to measure or to trace them. Given to {@code
 * MemcachedCacheManager.addCallObserver}. Implementations are thread-safe and quick: they run in
 * the threads of the calls.
 *
 * <p>Observed are the operations of caches and of their asynchronous views, also those that a near
 * cache answers; {@code loadAll} until the entries are loaded. Iterators, closing and configuration
 * are not. A call of an application that is several to the servers, or none, is one call. What an
 * observer throws is logged, and does not affect the call.
 */
@FunctionalInterface
public interface CallObserver {

  /**
   * A call begins. Called in the thread of the caller, once the arguments are checked.
   *
   * @param cache the cache
   * @param operation the name of the method without its parameters, for example {@code getAll}; for
   *     {@code getOrDefault} and {@code getOrThrow} it is {@code get}
   * @return follows this call; null to ignore it
   */
  @Nullable Call begin(Cache<?, ?> cache, String operation);

  /** One call that is observed. */
  interface Call {

    /**
     * A thread begins to work on the call: the caller's for a blocking one, then {@link #end} runs
     * in the same thread. For an asynchronous call the first step runs in the thread of the caller
     * and each further one in the executor. Loaders, writers and entry processors run in between.
     *
     * @return closed by the same thread when it has done its part, before {@link #end} and before
     *     anything that depends on the result
     */
    default Scope enter() {
      return () -> {};
    }

    /**
     * The call has ended; called once, in any thread.
     *
     * @param failure what the caller gets as an exception; null for success
     */
    void end(@Nullable Throwable failure);
  }

  /** The time in which one thread works on a call. */
  @FunctionalInterface
  interface Scope extends AutoCloseable {

    /** Restores what the thread had before. */
    @Override
    void close();
  }
}
