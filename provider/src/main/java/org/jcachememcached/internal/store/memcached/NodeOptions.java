package org.jcachememcached.internal.store.memcached;

import java.time.Duration;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.Settings;
import org.jspecify.annotations.Nullable;

/**
 * How a store deals with each of its servers. Immutable.
 *
 * @param timeout how long a command may take
 * @param connections how many connections there are to each server
 * @param scanTimeout how long a listing of keys may wait for a server that sends nothing, or is
 *     busy with other listings
 * @param maxRequests how many requests may be under way to one server
 * @param maxBytes how many bytes of requests may be under way to one server
 * @param maxInvalidations how many keys are remembered for one server that cannot be asked to
 *     remove them
 * @param credentials what servers are told on every connection before anything else, or null
 * @param tls how connections are encrypted, or null if they are not
 */
public record NodeOptions(
    Duration timeout,
    int connections,
    Duration scanTimeout,
    int maxRequests,
    long maxBytes,
    int maxInvalidations,
    @Nullable Credentials credentials,
    @Nullable Tls tls) {

  private static final int CONNECTIONS = 4;
  private static final Duration SCAN_TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_REQUESTS = 8192;
  private static final long MAX_BYTES = 64L * 1024 * 1024;
  private static final int MAX_INVALIDATIONS = 100_000;

  /** What the settings have by default, but for the timeout. */
  public static NodeOptions withTimeout(Duration timeout) {
    return new NodeOptions(
        timeout, CONNECTIONS, SCAN_TIMEOUT, MAX_REQUESTS, MAX_BYTES, MAX_INVALIDATIONS, null, null);
  }

  /**
   * What the settings of a connection say.
   *
   * @throws org.jcachememcached.internal.store.StoreException if connections cannot be encrypted as
   *     they say
   */
  public static NodeOptions of(Settings.Connection settings) {
    String username = settings.get(ConnectionSettings.USERNAME);
    return new NodeOptions(
        settings.get(ConnectionSettings.TIMEOUT),
        settings.get(ConnectionSettings.CONNECTIONS),
        settings.get(ConnectionSettings.SCAN_TIMEOUT),
        settings.get(ConnectionSettings.MAX_REQUESTS),
        settings.get(ConnectionSettings.MAX_BYTES),
        settings.get(ConnectionSettings.MAX_INVALIDATIONS),
        username.isEmpty()
            ? null
            : new Credentials(username, settings.get(ConnectionSettings.PASSWORD)),
        settings.get(ConnectionSettings.TLS_ENABLED)
            ? Tls.trusting(
                settings.get(ConnectionSettings.TLS_TRUSTSTORE_FILE),
                settings.get(ConnectionSettings.TLS_TRUSTSTORE_PASSWORD))
            : null);
  }
}
