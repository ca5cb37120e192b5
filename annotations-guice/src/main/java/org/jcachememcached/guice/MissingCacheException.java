package org.jcachememcached.guice;

import javax.cache.CacheException;

/**
 * An annotation names a cache that does not exist, and {@link MissingCaches} does not want it
 * created. Thrown whatever {@link OnCacheFailure} says: only a person can mend it.
 */
public class MissingCacheException extends CacheException {

  private static final long serialVersionUID = 1;

  /** Says which cache is missing, and what can be done. */
  public MissingCacheException(String message) {
    super(message);
  }
}
