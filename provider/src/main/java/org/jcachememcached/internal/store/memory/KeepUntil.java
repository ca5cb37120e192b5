package org.jcachememcached.internal.store.memory;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.github.benmanes.caffeine.cache.Expiry;
import org.jcachememcached.internal.store.StoredItem;

/** Forgets an item when its {@code keepUntil} has come; reading does not prolong it. Stateless. */
final class KeepUntil implements Expiry<String, StoredItem> {

  @Override
  public long expireAfterCreate(String key, StoredItem item, long currentTime) {
    return nanosLeft(item, currentTime);
  }

  @Override
  public long expireAfterUpdate(
      String key, StoredItem item, long currentTime, long currentDuration) {
    return nanosLeft(item, currentTime);
  }

  @Override
  public long expireAfterRead(String key, StoredItem item, long currentTime, long currentDuration) {
    return currentDuration;
  }

  // The conversion saturates, so FOREVER stays far away.
  private static long nanosLeft(StoredItem item, long currentTime) {
    return Math.max(0, MILLISECONDS.toNanos(Math.max(0, item.keepUntil())) - currentTime);
  }
}
