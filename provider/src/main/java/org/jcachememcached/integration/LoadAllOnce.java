package org.jcachememcached.integration;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One bulk load that several operations share; made when the first asks. Not thread-safe. */
public final class LoadAllOnce<K, V> {

  private final LoaderGate<K, V> loader;
  private final Set<K> keys;
  private @Nullable Map<K, V> loaded;

  public LoadAllOnce(LoaderGate<K, V> loader, Set<K> keys) {
    this.loader = loader;
    this.keys = keys;
  }

  /** The loaded value of a key, or null when the loader knows none. */
  public @Nullable V valueOf(K key) {
    if (loaded == null) {
      loaded = loader.loadAll(keys);
    }
    return loaded.get(key);
  }
}
