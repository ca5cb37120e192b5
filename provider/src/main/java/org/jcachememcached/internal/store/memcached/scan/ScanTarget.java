package org.jcachememcached.internal.store.memcached.scan;

import java.net.SocketAddress;
import java.time.Duration;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.memcached.protocol.Credentials;
import org.jcachememcached.internal.store.memcached.tls.Tls;
import org.jspecify.annotations.Nullable;

/** A server whose keys are listed. Thread-safe. */
public interface ScanTarget {

  /** The server as it is configured. */
  Server server();

  /** Its address; unresolved as long as it is unknown. */
  SocketAddress address();

  /** How long the answer to an ordinary request may take. */
  Duration timeout();

  /** How long to wait for a server that sends nothing, or lists its keys for others. */
  Duration scanTimeout();

  /** What connections authenticate with, or null. */
  @Nullable Credentials credentials();

  /** How connections are encrypted, or null if they are not. */
  @Nullable Tls tls();
}
