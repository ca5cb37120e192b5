package org.jcachememcached.cache;

import javax.cache.CacheException;
import org.jcachememcached.codec.Namespace;
import org.jcachememcached.config.CacheSettings;
import org.jcachememcached.config.ClearStrategy;
import org.jcachememcached.config.ConnectionSettings;
import org.jcachememcached.config.ManagerSettings;
import org.jcachememcached.config.Settings;
import org.jcachememcached.engine.Engine;
import org.jcachememcached.store.EntryStore;
import org.jcachememcached.store.fallback.FallbackStore;
import org.jcachememcached.store.generation.GenerationalStore;
import org.jspecify.annotations.Nullable;

/**
 * Where the entries of one cache live, and how they are all removed at once. Thread-safe.
 *
 * @param servers what other caches must be set to as well to be in the same store
 * @param store holds the entries; to be closed by whoever asked for the placement
 * @param namespace what their keys have in common
 * @param generational the same store, if it is cleared by a new generation
 */
record Placement(
    Settings.Connection servers,
    EntryStore store,
    Namespace namespace,
    @Nullable GenerationalStore generational) {

  static Placement of(String cacheName, Settings settings, ManagerContext context) {
    Settings.Connection servers = settings.connection().withoutFallback();
    Namespace namespace = namespace(cacheName, settings);
    Namespace withGeneration = namespace.part(GenerationalStore.PLACEHOLDER);
    EntryStore leased = lease(settings.connection(), namespace, context);
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

  private static EntryStore lease(
      Settings.Connection connection, Namespace namespace, ManagerContext context) {
    EntryStore servers = context.stores().apply(connection.withoutFallback());
    if (!connection.isMoving()) {
      return servers;
    }
    return new FallbackStore(
        servers,
        context.stores().apply(connection.ofFallback()),
        connection.get(ConnectionSettings.FALLBACK_WRITES),
        new EnvelopeForm(context.clock()),
        namespace.prefix());
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
    return servers.equals(other.servers) && namespace.overlaps(other.namespace);
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
