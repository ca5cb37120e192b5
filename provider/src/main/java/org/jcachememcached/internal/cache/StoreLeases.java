package org.jcachememcached.internal.cache;

import java.time.InstantSource;
import java.util.function.Function;
import org.jcachememcached.internal.codec.key.Namespace;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.Engine;
import org.jcachememcached.internal.config.ManagerSettings;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.warmup.HandoverStore;
import org.jcachememcached.internal.store.warmup.WarmUpStore;
import org.jcachememcached.internal.tag.TagItems;

/**
 * The stores that settings describe: the servers, and during a migration those to copy from as
 * well. Stateless.
 */
public final class StoreLeases {

  private StoreLeases() {}

  /**
   * The store of a namespace, closed by the caller.
   *
   * @param stores leases the store of one group of servers
   */
  static ItemStore lease(
      Settings.Connection connection,
      Namespace namespace,
      Function<Settings.Connection, ItemStore> stores,
      InstantSource clock) {
    ItemStore servers = stores.apply(connection.withoutFallback());
    if (connection.engine() != Engine.MEMCACHED) {
      return servers;
    }
    EnvelopeWarmUpCodec codec = new EnvelopeWarmUpCodec(clock);
    ItemStore followed = new HandoverStore(servers, codec, namespace.prefix());
    return connection.isMoving()
        ? new WarmUpStore(
            followed,
            stores.apply(connection.ofFallback()),
            connection.get(ConnectionSettings.FALLBACK_WRITES),
            codec,
            namespace.prefix())
        : followed;
  }

  /**
   * The tags of a manager, which move with its servers; closed by the caller.
   *
   * @param settings of the manager
   */
  public static TagItems tags(
      Settings settings, Function<Settings.Connection, ItemStore> stores, InstantSource clock) {
    Namespace namespace = Namespace.ofTags(settings.get(ManagerSettings.APPLICATION));
    return new TagItems(lease(settings.connection(), namespace, stores, clock), namespace);
  }
}
