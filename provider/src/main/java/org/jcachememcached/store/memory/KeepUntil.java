package org.jcachememcached.store.memory;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.github.benmanes.caffeine.cache.Expiry;

/** Forgets an entry when its {@code keepUntil} has come; reading does not prolong it. Stateless. */
final class KeepUntil implements Expiry<String, Entry> {

  @Override
  public long expireAfterCreate(String key, Entry entry, long currentTime) {
    return nanosLeft(entry, currentTime);
  }

  @Override
  public long expireAfterUpdate(String key, Entry entry, long currentTime, long currentDuration) {
    return nanosLeft(entry, currentTime);
  }

  @Override
  public long expireAfterRead(String key, Entry entry, long currentTime, long currentDuration) {
    return currentDuration;
  }

  // The conversion saturates, so FOREVER stays far away.
  private static long nanosLeft(Entry entry, long currentTime) {
    return Math.max(0, MILLISECONDS.toNanos(Math.max(0, entry.keepUntil())) - currentTime);
  }
}
