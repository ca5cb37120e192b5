package org.jcachememcached.cache;

import javax.cache.CacheException;
import org.jcachememcached.codec.Namespace;
import org.jcachememcached.config.CacheSettings;
import org.jcachememcached.config.ClearStrategy;
import org.jcachememcached.config.ManagerSettings;
import org.jcachememcached.config.Settings;
import org.jcachememcached.engine.Engine;
import org.jcachememcached.store.EntryStore;
import org.jcachememcached.store.generation.GenerationalStore;
import org.jspecify.annotations.Nullable;

/**
 * Where the entries of one cache live, and how they are all removed at once. Thread-safe.
 *
 * @param connection what other caches must be set to as well to be in the same store
 * @param store holds the entries; to be closed by whoever asked for the placement
 * @param namespace what their keys have in common
 * @param generational the same store, if it is cleared by a new generation
 */
record Placement(
    Settings.Connection connection,
    EntryStore store,
    Namespace namespace,
    @Nullable GenerationalStore generational) {

  static Placement of(String cacheName, Settings settings, ManagerContext context) {
    Settings.Connection connection = settings.connection();
    Namespace namespace = namespace(cacheName, settings);
    if (settings.get(CacheSettings.CLEAR) == ClearStrategy.SCAN) {
      return new Placement(connection, context.stores().apply(connection), namespace, null);
    }
    Namespace withGeneration = namespace.part(GenerationalStore.PLACEHOLDER);
    GenerationalStore store =
        new GenerationalStore(
            context.stores().apply(connection),
            namespace.prefix(),
            settings.get(CacheSettings.GENERATION_CHECK),
            context.clock());
    return new Placement(connection, store, withGeneration, store);
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

  /** Whether a clear of one would remove what is in the other. */
  boolean overlaps(Placement other) {
    return connection.equals(other.connection) && namespace.overlaps(other.namespace);
  }

  /** Removes all entries; nothing is counted. */
  void clear(Engine<?, ?> engine) {
    if (generational == null) {
      engine.clear();
    } else {
      generational.clear();
    }
  }
}
