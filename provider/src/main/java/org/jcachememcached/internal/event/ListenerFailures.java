package org.jcachememcached.internal.event;

import javax.cache.event.CacheEntryListenerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The failures of synchronous listeners in one call, of which the caller gets the first. Not
 * thread-safe.
 */
final class ListenerFailures {

  private static final Logger LOG = LoggerFactory.getLogger(ListenerFailures.class);

  private @Nullable Throwable first;

  void add(Throwable failure) {
    if (first == null) {
      first = failure;
    } else if (first != failure) {
      LOG.warn("Another cache entry listener failed in the same call", failure);
    }
  }

  /**
   * Throws the first failure, if there is one; an error or a {@link CacheEntryListenerException}
   * unchanged.
   */
  void rethrow() {
    if (first instanceof Error error) {
      throw error;
    }
    if (first instanceof CacheEntryListenerException own) {
      throw own;
    }
    if (first != null) {
      throw new CacheEntryListenerException("A cache entry listener failed: " + first, first);
    }
  }
}
