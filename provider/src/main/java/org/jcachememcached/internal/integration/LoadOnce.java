package org.jcachememcached.internal.integration;

import org.jspecify.annotations.Nullable;

/**
 * One load for one call, however often the call has to be repeated, and not repeated when it has
 * failed. Not thread-safe.
 */
public final class LoadOnce<K, V> {

  private final @Nullable Memoized<@Nullable V> load;
  private long nanos;

  /** A load of the key; without a loader it loads nothing. */
  public LoadOnce(@Nullable CacheLoaderAdapter<K, V> loader, K key) {
    this.load = loader == null ? null : new Memoized<>(() -> measured(loader, key));
  }

  /** The loaded value, or null when the loader knows none. */
  public @Nullable V value() {
    return load == null ? null : load.get();
  }

  private @Nullable V measured(CacheLoaderAdapter<K, V> loader, K key) {
    long start = System.nanoTime();
    try {
      return loader.load(key);
    } finally {
      nanos = System.nanoTime() - start;
    }
  }

  /** The time spent in the loader, in nanoseconds. */
  public long nanos() {
    return nanos;
  }
}
