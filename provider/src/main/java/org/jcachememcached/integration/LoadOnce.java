package org.jcachememcached.integration;

import org.jspecify.annotations.Nullable;

/** One load for one call, however often the call has to be repeated. Not thread-safe. */
public final class LoadOnce<K, V> {

  private final @Nullable LoaderGate<K, V> loader;
  private final K key;
  private boolean loaded;
  private @Nullable V value;
  private long nanos;

  /** A load of the key; without a loader it loads nothing. */
  public LoadOnce(@Nullable LoaderGate<K, V> loader, K key) {
    this.loader = loader;
    this.key = key;
  }

  /** The loaded value, or null when the loader knows none. */
  public @Nullable V value() {
    if (!loaded && loader != null) {
      long start = System.nanoTime();
      try {
        value = loader.load(key);
        loaded = true;
      } finally {
        nanos += System.nanoTime() - start;
      }
    }
    return value;
  }

  /** The time spent in the loader, in nanoseconds. */
  public long nanos() {
    return nanos;
  }
}
