package org.jcachememcached.store.memcached;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jcachememcached.config.Server;
import org.jcachememcached.thread.DaemonThreads;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is: what the name service said last. The name service can take seconds, so it is
 * asked in a short-lived daemon thread, one at a time. Thread-safe.
 */
final class ServerAddress {

  private final Server server;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile @Nullable InetSocketAddress known;

  ServerAddress(Server server) {
    this.server = server;
  }

  /** The address, or null as long as the name is unknown. */
  @Nullable InetSocketAddress known() {
    return known;
  }

  /** Asks, and goes on in one of the two ways; does nothing while a question is open. */
  void lookUp(Runnable whenFound, Consumer<UnknownHostException> whenUnknown) {
    if (isNumeric()) {
      ask(whenFound, whenUnknown);
    } else if (asking.compareAndSet(false, true)) {
      DaemonThreads.create(
              "jcache-memcached lookup of " + server, () -> ask(whenFound, whenUnknown))
          .start();
    }
  }

  private void ask(Runnable whenFound, Consumer<UnknownHostException> whenUnknown) {
    try {
      // The order is the resolver's, which knows better which address is near.
      InetAddress address = InetAddress.getAllByName(server.host())[0];
      known = new InetSocketAddress(address, server.port());
      asking.set(false);
      whenFound.run();
    } catch (UnknownHostException e) {
      asking.set(false);
      whenUnknown.accept(e);
    }
  }

  private boolean isNumeric() {
    String host = server.host();
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
