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
 * The address of a server, as the name service gave it last. The name service can take seconds, so
 * it is called in the background, once at a time. Thread-safe.
 */
final class ServerAddress {

  private final Server server;
  private final Executor background;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile @Nullable InetSocketAddress known;

  /**
   * @param background runs the calls of the name service
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
   * Looks the address up and calls one of the two; does nothing while a lookup is under way.
   *
   * @param whenUnknown receives an {@link UnknownHostException}, or why the name service could not
   *     be called
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
      // The first one, because the resolver orders them by preference.
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
