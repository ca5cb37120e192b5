package org.jcachememcached.internal.store.memcached;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jcachememcached.internal.config.Endpoint;
import org.jcachememcached.internal.config.Endpoint.TcpPort;

/**
 * The address of a server, as the name service gave it last. The name service can take seconds, so
 * it is called in the background, once at a time. It is not asked about Unix sockets. Thread-safe.
 */
final class ServerAddress {

  private final Endpoint endpoint;
  private final Executor background;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile SocketAddress known;

  /**
   * @param background runs the calls of the name service
   */
  ServerAddress(Endpoint endpoint, Executor background) {
    this.endpoint = endpoint;
    this.background = background;
    this.known = endpoint.socketAddress();
  }

  /** The address; unresolved as long as the host name is unknown. */
  SocketAddress known() {
    return known;
  }

  /**
   * Looks the address up and calls one of the two; does nothing while a lookup is under way.
   *
   * @param whenUnknown receives an {@link UnknownHostException}, or why the name service could not
   *     be called
   */
  void lookUp(Runnable whenFound, Consumer<Throwable> whenUnknown) {
    if (!(endpoint instanceof TcpPort port)) {
      whenFound.run();
    } else if (isNumeric(port.host())) {
      ask(port, whenFound, whenUnknown);
    } else if (asking.compareAndSet(false, true)) {
      try {
        background.execute(() -> ask(port, whenFound, whenUnknown));
      } catch (Throwable noThread) {
        asking.set(false);
        whenUnknown.accept(noThread);
      }
    }
  }

  private void ask(TcpPort port, Runnable whenFound, Consumer<Throwable> whenUnknown) {
    try {
      // The first one, because the resolver orders them by preference.
      InetAddress address = InetAddress.getAllByName(port.host())[0];
      known = new InetSocketAddress(address, port.port());
    } catch (Throwable unknown) {
      asking.set(false);
      whenUnknown.accept(unknown);
      return;
    }
    asking.set(false);
    whenFound.run();
  }

  private static boolean isNumeric(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
