package org.jcachememcached.api;

/**
 * What happens to a call to a cache when its store fails. Value of the setting {@code on.failure}.
 */
public enum FailurePolicy {

  /**
   * The call throws a {@link javax.cache.CacheException}, also for an entry that cannot be decoded.
   */
  THROW,

  /**
   * The call continues as if the cache were empty: an entry that cannot be read is a miss; one that
   * cannot be stored or removed is dropped, and removed as soon as possible. Calls without a
   * truthful result in that case, such as {@code putIfAbsent} or {@code invoke}, throw a {@link
   * javax.cache.CacheException}. Entries that cannot be decoded are absent for all operations. The
   * default.
   */
  DEGRADE
}
