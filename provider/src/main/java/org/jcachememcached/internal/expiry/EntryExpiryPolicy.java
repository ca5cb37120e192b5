package org.jcachememcached.internal.expiry;

import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The expiry of one entry: a duration for its creation and for its updates, while an access is left
 * to the policy of the cache.
 *
 * @param duration counted from the write
 */
record EntryExpiryPolicy(Duration duration, ExpiryPolicy ofCache) implements ExpiryPolicy {

  @Override
  public Duration getExpiryForCreation() {
    return duration;
  }

  @Override
  public Duration getExpiryForUpdate() {
    return duration;
  }

  @Override
  public @Nullable Duration getExpiryForAccess() {
    return ofCache.getExpiryForAccess();
  }
}
