package org.jcachememcached.internal.cache;

import javax.cache.CacheException;
import org.jcachememcached.api.ClearStrategy;
import org.jcachememcached.internal.codec.key.Namespace;
import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.ManagerSettings;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.engine.Engine;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.generation.GenerationalStore;
import org.jspecify.annotations.Nullable;

/**
 * Where the entries of one cache are stored, and how they are all removed at once. Thread-safe.
 *
 * @param servers the connection settings that caches in the same store have in common
 * @param store holds the entries; closed by the owner of the placement
 * @param namespace the namespace of their keys
 * @param generational the same store, if it is cleared by a new generation; otherwise null
 */
record Placement(
    Settings.Connection servers,
    ItemStore store,
    Namespace namespace,
    @Nullable GenerationalStore generational) {

  static Placement of(String cacheName, Settings settings, ManagerContext context) {
    Settings.Connection servers = settings.connection().withoutFallback();
    Namespace namespace = namespace(cacheName, settings);
    Namespace withGeneration = namespace.part(GenerationalStore.PLACEHOLDER);
    ItemStore leased =
        StoreLeases.lease(settings.connection(), namespace, context.stores(), context.clock());
    if (settings.get(CacheSettings.CLEAR) == ClearStrategy.SCAN) {
      return new Placement(servers, leased, namespace, null);
    }
    GenerationalStore store =
        new GenerationalStore(
            leased,
            namespace.prefix(),
            settings.get(CacheSettings.GENERATION_CHECK),
            context.clock());
    return new Placement(servers, store, withGeneration, store);
  }

  private static Namespace namespace(String cacheName, Settings settings) {
    try {
      return Namespace.of(
          settings.get(CacheSettings.KEY_PREFIX),
          settings.get(ManagerSettings.APPLICATION),
          cacheName);
    } catch (IllegalArgumentException e) {
      throw new CacheException("Cache '" + cacheName + "': " + e.getMessage(), e);
    }
  }

  /** Whether a clear of one would remove entries of the other. */
  boolean overlaps(Placement other) {
    return servers.equals(other.servers) && namespace.overlaps(other.namespace);
  }

  /** Removes all entries; counts nothing. */
  void clear(Engine<?, ?> engine) {
    if (generational == null) {
      engine.clear();
    } else {
      engine.changeAll(generational::clear);
    }
  }
}
