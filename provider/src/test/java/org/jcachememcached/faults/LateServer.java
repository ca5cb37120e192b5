package org.jcachememcached.faults;

import org.jcachememcached.testing.MemcachedServer;
import org.jspecify.annotations.Nullable;

/** A server that has its address before it is there. Not thread-safe. */
final class LateServer implements AutoCloseable {

  private final int port = MemcachedServer.freePort();
  private @Nullable MemcachedServer server;

  String address() {
    return "127.0.0.1:" + port;
  }

  void start() {
    server = MemcachedServer.startOn(port);
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
