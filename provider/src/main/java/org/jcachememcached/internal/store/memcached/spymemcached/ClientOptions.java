package org.jcachememcached.internal.store.memcached.spymemcached;

import java.time.Duration;
import org.jcachememcached.internal.store.memcached.protocol.Credentials;
import org.jcachememcached.internal.store.memcached.tls.Tls;
import org.jspecify.annotations.Nullable;

/**
 * How the client library is set up. Immutable.
 *
 * @param timeout how long an operation may take
 * @param maxRequests how many requests may be under way to one server
 * @param credentials what a new connection authenticates with, or null
 * @param tls how connections are encrypted, or null if they are not
 */
public record ClientOptions(
    Duration timeout, int maxRequests, @Nullable Credentials credentials, @Nullable Tls tls) {}
