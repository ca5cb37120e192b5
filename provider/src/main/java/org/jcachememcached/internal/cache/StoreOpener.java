package org.jcachememcached.internal.cache;

import java.time.InstantSource;
import javax.cache.CacheException;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.library.ClientModule;
import org.jcachememcached.internal.library.OptionalLibrary;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.memcached.FleetOptions;
import org.jcachememcached.internal.store.memcached.MemcachedStore;
import org.jcachememcached.internal.store.memcached.NodeOptions;
import org.jcachememcached.internal.store.memory.MemoryStore;
import org.jcachememcached.internal.store.none.NoneStore;
import org.jcachememcached.internal.thread.DaemonThreads;

/** Opens the store of a connection. Stateless. */
public final class StoreOpener {

  private StoreOpener() {}

  /**
   * Opens a store, without network access yet. Its threads share neither the class loader nor the
   * thread-local values of the calling thread.
   *
   * @throws CacheException if the engine needs a library that is missing or does not link, or a
   *     truststore or keystore that cannot be used
   */
  public static ItemStore open(Settings.Connection connection) {
    return DaemonThreads.call("jcache-memcached opens a store", () -> openHere(connection));
  }

  private static ItemStore openHere(Settings.Connection connection) {
    InstantSource clock = InstantSource.system();
    return switch (connection.engine()) {
      case MEMCACHED -> openMemcached(connection, clock);
      case MEMORY -> openMemory(clock);
      case NONE -> new NoneStore();
    };
  }

  private static ItemStore openMemcached(Settings.Connection connection, InstantSource clock) {
    ClientModule.makeReadable();
    NodeOptions options = options(connection);
    return new MemcachedStore(
        connection.get(ConnectionSettings.SERVERS),
        FleetOptions.of(connection, options),
        options,
        clock);
  }

  /** A problem that only a person can solve is an exception regardless of the failure policy. */
  private static NodeOptions options(Settings.Connection connection) {
    try {
      return NodeOptions.of(connection);
    } catch (StoreException e) {
      throw new CacheException(e.getMessage(), e);
    }
  }

  private static ItemStore openMemory(InstantSource clock) {
    try {
      return new MemoryStore(clock);
    } catch (LinkageError e) {
      throw new CacheException(
          "The engine 'memory:' needs the library %s, which %s"
              .formatted(OptionalLibrary.CAFFEINE, OptionalLibrary.CAFFEINE.fault(e)),
          e);
    }
  }
}
