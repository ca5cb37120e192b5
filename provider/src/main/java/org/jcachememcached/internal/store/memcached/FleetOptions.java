package org.jcachememcached.internal.store.memcached;

import java.time.Duration;
import java.util.Optional;
import org.jcachememcached.internal.config.AffinityRule;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.store.memcached.discovery.DiscoveryOptions;

/**
 * How keys are divided among servers, and how the servers change. Immutable.
 *
 * @param affinity which text keys belong together on a server
 * @param warmUp how long the former servers of keys are asked for them after a change
 * @param discovery how the source of the servers is asked
 */
public record FleetOptions(AffinityRule affinity, Duration warmUp, DiscoveryOptions discovery) {

  /** The options that are configured for a connection; credentials and TLS are those of servers. */
  public static FleetOptions of(Settings.Connection settings, NodeOptions options) {
    return new FleetOptions(
        settings.get(ConnectionSettings.KEY_AFFINITY),
        settings.get(ConnectionSettings.TOPOLOGY_WARMUP),
        new DiscoveryOptions(
            settings.get(ConnectionSettings.TOPOLOGY_REFRESH),
            options.timeout(),
            settings.get(ConnectionSettings.TOPOLOGY_DNS),
            options.credentials(),
            options.tls()));
  }

  /** No affinity, and no warm-up, for listed servers. */
  static FleetOptions of(NodeOptions options) {
    return new FleetOptions(
        AffinityRule.NONE,
        Duration.ZERO,
        new DiscoveryOptions(
            Duration.ofDays(1),
            options.timeout(),
            Optional.empty(),
            options.credentials(),
            options.tls()));
  }
}
