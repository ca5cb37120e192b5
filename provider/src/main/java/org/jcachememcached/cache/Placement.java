package org.jcachememcached.cache;

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
 * @param store holds the entries
 * @param namespace what their keys have in common
 * @param generational the same store, if it is cleared by a new generation
 */
record Placement(EntryStore store, Namespace namespace, @Nullable GenerationalStore generational) {

  static Placement of(String cacheName, ManagerContext context) {
    Settings settings = context.settings().forCache(cacheName);
    Namespace namespace = new Namespace(settings.get(ManagerSettings.APPLICATION), cacheName);
    if (settings.get(CacheSettings.CLEAR) == ClearStrategy.SCAN) {
      return new Placement(context.store(), namespace, null);
    }
    GenerationalStore store =
        new GenerationalStore(
            context.store(),
            namespace.prefix(),
            settings.get(CacheSettings.GENERATION_CHECK),
            context.clock());
    return new Placement(store, namespace.part(GenerationalStore.PLACEHOLDER), store);
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
