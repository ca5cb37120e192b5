package org.jcachememcached.guice;

/**
 * What an annotated method's caller gets when the cache fails: when it throws a {@link
 * javax.cache.CacheException}, cannot be had, or is closed.
 *
 * <p>What the application's own code throws behind a cache (loader, writer, listener) and {@link
 * MissingCacheException} always reach the caller.
 */
public enum OnCacheFailure {

  /**
   * The method runs as if it were not annotated, and its caller gets what it returns. The failure
   * is counted by {@link CacheFailures}, and logged at most once a minute for each cache.
   *
   * <p>A lookup that failed is a miss. A result that could not be stored is computed again by the
   * next caller. A removal or {@code @CachePut} that failed leaves the entry as it was: the cache
   * may return what is out of date until the entry expires, unless the provider makes good for what
   * it could not do. Where that must not be, and where a cache has a writer, use {@link #THROW}.
   */
  RUN_METHOD,

  /**
   * The caller gets the exception: before the method has run, if the lookup failed or a change that
   * precedes the method; else after it has run, in place of its result.
   */
  THROW
}
