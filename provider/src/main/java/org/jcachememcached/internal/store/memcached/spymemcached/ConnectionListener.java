package org.jcachememcached.internal.store.memcached.spymemcached;

import java.net.SocketAddress;
import java.time.Duration;
import org.jcachememcached.internal.store.memcached.protocol.Handshake;

/**
 * What a {@link HardenedNode} asks and reports about its connection. Called by the leader of the
 * I/O loop unless stated otherwise; must not wait for anything.
 */
public interface ConnectionListener extends Handshake.Listener {

  /** Whether a connection is to be opened now, and not to wait for another one; by any thread. */
  boolean mayConnect();

  /** The address to connect to; by any thread. */
  SocketAddress address();

  /** The present attempt to connect makes progress, so it is given more time. */
  void progress();

  /** The TLS handshake of a new connection begins, which ends by itself; by any thread. */
  void encrypting();

  /** Something was received from the server. */
  void heard();

  /**
   * The connection is lost, or could not be opened.
   *
   * @param onPurpose whether {@link HardenedNode#giveUpConnection} was called for it
   * @return how long to wait before the next attempt to connect
   */
  Duration connectionLost(boolean onPurpose);
}
