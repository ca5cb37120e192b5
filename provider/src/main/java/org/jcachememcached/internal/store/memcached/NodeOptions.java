package org.jcachememcached.internal.store.memcached;

import java.time.Duration;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.store.memcached.protocol.Credentials;
import org.jcachememcached.internal.store.memcached.spymemcached.ClientOptions;
import org.jcachememcached.internal.store.memcached.spymemcached.ClientTls;
import org.jcachememcached.internal.store.memcached.tls.KeyStoreFile;
import org.jcachememcached.internal.store.memcached.tls.Tls;
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
 * @param maxInvalidations how many keys are kept that are still to be removed from one server
 * @param credentials what every connection authenticates with, or null
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

  /**
   * The options that are configured for a connection.
   *
   * @throws org.jcachememcached.internal.store.StoreException if connections cannot be encrypted as
   *     configured
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
        settings.get(ConnectionSettings.TLS_ENABLED) ? tls(settings) : null);
  }

  private static Tls tls(Settings.Connection settings) {
    ClientTls.requireAvailable();
    return Tls.of(
        new KeyStoreFile(
            "truststore",
            settings.get(ConnectionSettings.TLS_TRUSTSTORE_FILE),
            settings.get(ConnectionSettings.TLS_TRUSTSTORE_PASSWORD)),
        new KeyStoreFile(
            "keystore",
            settings.get(ConnectionSettings.TLS_KEYSTORE_FILE),
            settings.get(ConnectionSettings.TLS_KEYSTORE_PASSWORD)));
  }

  /** The options for the client library. */
  ClientOptions client() {
    return new ClientOptions(timeout, maxRequests, credentials, tls);
  }
}
