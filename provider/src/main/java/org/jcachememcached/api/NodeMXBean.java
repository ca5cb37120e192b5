package org.jcachememcached.api;

import org.jspecify.annotations.Nullable;

/**
 * The state of one server: what the {@code nodes()} of a cache or a manager return, and in JMX
 * {@code org.jcachememcached:type=Node,servers="...",node="host:port"}, with {@code unix:/path} for
 * a Unix socket. Counters start when the connections are opened. The last attributes, from {@link
 * #getVersion} on, come from the server, for all of its clients, and are at most a second old;
 * while the server is not reachable they are null or -1. Thread-safe.
 */
public interface NodeMXBean {

  /** Where the server listens, {@code host:port} or {@code unix:/path} as configured. */
  String getServer();

  /** {@code CONNECTING}, {@code READY} or {@code DOWN}. */
  String getState();

  /**
   * Since when the server is in that state, to this JVM; a time in UTC such as {@code
   * 2026-01-31T12:00:00.123Z}.
   */
  String getStateSince();

  /** Why the server is down; null if it is not. */
  @Nullable String getFailure();

  /** How often the circuit breaker has opened because the server did not answer. */
  long getBreakerOpenings();

  /** The number of operations without a reply in time. */
  long getTimeouts();

  /**
   * The number of operations that were rejected at once because of too many requests in flight
   * (settings {@code max.requests} and {@code max.bytes}).
   */
  long getRejections();

  /** How often the server became available after it was down. */
  long getReconnects();

  /** The number of usable connections. */
  int getOpenConnections();

  /** How often a connection was replaced because it did not answer. */
  long getConnectionsGivenUp();

  /** The number of requests in flight. */
  int getRequestsInFlight();

  /** The size of the requests in flight, in bytes. */
  long getBytesInFlight();

  /** The number of keys that are still to be removed. */
  int getPendingInvalidations();

  /** The number of keys that had to be removed because a write of them failed, or on request. */
  long getRequestedInvalidations();

  /** The number of keys that were removed on a new connection before it was used. */
  long getReplayedInvalidations();

  /**
   * How often there were too many keys to remember (setting {@code max.invalidations}), so that all
   * keys with their prefixes were removed.
   */
  long getInvalidationOverflows();

  /** The version of memcached. */
  @Nullable String getVersion();

  /** The number of items on the server. */
  long getItems();

  /** The size of the items, in bytes. */
  long getBytes();

  /** The memory limit for items, in bytes. */
  long getMaxBytes();

  /** The number of evicted items since the server was started. */
  long getEvictions();

  /** The share of gets that found an item, from 0 to 1. */
  double getHitRatio();
}
