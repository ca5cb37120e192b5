package org.jcachememcached.internal.store.memcached.discovery;

import java.time.Duration;
import java.util.Optional;
import org.jcachememcached.internal.config.Endpoint.TcpPort;
import org.jcachememcached.internal.store.memcached.protocol.Credentials;
import org.jcachememcached.internal.store.memcached.tls.Tls;
import org.jspecify.annotations.Nullable;

/**
 * How a source of servers is asked. Immutable.
 *
 * @param refresh how often it is asked again
 * @param timeout how long one answer of it may take
 * @param dns the DNS server to ask; none for the name resolution of the system
 * @param credentials what connections to a configuration endpoint authenticate with, or null
 * @param tls how connections to a configuration endpoint are encrypted, or null if they are not; if
 *     they are, no server may be at a Unix socket
 */
public record DiscoveryOptions(
    Duration refresh,
    Duration timeout,
    Optional<TcpPort> dns,
    @Nullable Credentials credentials,
    @Nullable Tls tls) {}
