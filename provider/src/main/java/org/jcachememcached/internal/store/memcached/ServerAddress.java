package org.jcachememcached.internal.store.memcached;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jcachememcached.internal.config.Server;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is: what the name service said last. The name service can take seconds, so it is
 * asked in the background, once at a time. Thread-safe.
 */
final class ServerAddress {

  private final Server server;
  private final Executor background;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile @Nullable InetSocketAddress known;

  /**
   * @param background where the name service is asked
   */
  ServerAddress(Server server, Executor background) {
    this.server = server;
    this.background = background;
  }

  /** The address, or null as long as the name is unknown. */
  @Nullable InetSocketAddress known() {
    return known;
  }

  /**
   * Asks, and goes on in one of the two ways; does nothing while a question is open.
   *
   * @param whenUnknown gets an {@link UnknownHostException}, or why the name service could not be
   *     asked
   */
  void lookUp(Runnable whenFound, Consumer<Throwable> whenUnknown) {
    if (isNumeric()) {
      ask(whenFound, whenUnknown);
    } else if (asking.compareAndSet(false, true)) {
      try {
        background.execute(() -> ask(whenFound, whenUnknown));
      } catch (Throwable noThread) {
        asking.set(false);
        whenUnknown.accept(noThread);
      }
    }
  }

  private void ask(Runnable whenFound, Consumer<Throwable> whenUnknown) {
    try {
      // The order is the resolver's, which knows better which address is near.
      InetAddress address = InetAddress.getAllByName(server.host())[0];
      known = new InetSocketAddress(address, server.port());
    } catch (Throwable unknown) {
      asking.set(false);
      whenUnknown.accept(unknown);
      return;
    }
    asking.set(false);
    whenFound.run();
  }

  private boolean isNumeric() {
    String host = server.host();
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
