package org.jcachememcached.api;

import org.jspecify.annotations.Nullable;

/**
 * What is to be seen of one server over JMX, as {@code
 * org.jcachememcached:type=Node,servers="...",node="host:port"}. The last attributes are the
 * server's own, at most a second old; while it cannot be asked they are null or -1.
 */
public interface NodeMXBean {

  /** {@code CONNECTING}, {@code READY} or {@code DOWN}. */
  String getState();

  /** Why the server is down, or null. */
  @Nullable String getFailure();

  /** How often the server was given up because it did not answer. */
  long getBreakerOpenings();

  /** Operations that got no answer in time. */
  long getTimeouts();

  /** Operations that were refused at once because too much was under way. */
  long getRejections();

  /** How often the server could be asked again after it was down. */
  long getReconnects();

  /** Connections that are open and of use. */
  int getOpenConnections();

  /** How often a connection was closed and opened anew because it did not answer. */
  long getConnectionsGivenUp();

  /** Requests under way. */
  int getRequestsInFlight();

  /** Bytes of the requests under way. */
  long getBytesInFlight();

  /** Keys that are still to be removed. */
  int getPendingInvalidations();

  /** Keys that were to be removed because a write of them failed, or that others asked for. */
  long getRequestedInvalidations();

  /** Keys that were removed on a new connection before anything else was asked. */
  long getReplayedInvalidations();

  /** How often there were too many keys to be remembered, so that all below their prefixes went. */
  long getInvalidationOverflows();

  /** The version of memcached. */
  @Nullable String getVersion();

  /** Items on the server. */
  long getItems();

  /** Bytes that the items take. */
  long getBytes();

  /** Bytes that items may take. */
  long getMaxBytes();

  /** Items that made place for others, since the server was started. */
  long getEvictions();

  /** The share of gets, of all clients, that found something; from 0 to 1. */
  double getHitRatio();
}
