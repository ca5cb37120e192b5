package org.jcachememcached.internal.store.memcached.discovery;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.Future;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.memcached.protocol.Credentials;
import org.jcachememcached.internal.thread.Delays;

/**
 * A connection to a configuration endpoint, for one question. It is closed when the timeout has
 * passed, whatever it waits for then. Confined to one thread, but {@link #close} may be called from
 * any.
 */
final class ConfigurationConnection implements AutoCloseable {

  private final Server server;
  private final DiscoveryOptions options;
  private final Socket socket = new Socket();
  private volatile boolean late;

  ConfigurationConnection(Server server, DiscoveryOptions options) {
    this.server = server;
    this.options = options;
  }

  /** Connects, asks for the nodes, and waits for the answer. */
  ConfigurationAnswer ask() throws SourceException {
    Future<?> deadline = Delays.runAfter(options.timeout().toNanos(), this::expire);
    try {
      return exchange();
    } catch (IOException | RuntimeException e) {
      throw late || e instanceof SocketTimeoutException
          ? SourceException.late(options.timeout(), e)
          : SourceException.notAsked(e);
    } finally {
      deadline.cancel(false);
      close();
    }
  }

  private void expire() {
    late = true;
    close();
  }

  private ConfigurationAnswer exchange() throws IOException, SourceException {
    int timeoutMillis = (int) options.timeout().toMillis();
    socket.connect(new InetSocketAddress(server.host(), server.port()), timeoutMillis);
    socket.setSoTimeout(timeoutMillis);
    Socket connection = options.tls() == null ? socket : options.tls().encrypt(socket, server);
    InputStream in = new BufferedInputStream(connection.getInputStream());
    if (options.credentials() != null) {
      connection.getOutputStream().write(options.credentials().request());
      requireAccepted(ConfigurationAnswer.readLine(in));
    }
    connection.getOutputStream().write(ConfigurationAnswer.REQUEST);
    return ConfigurationAnswer.read(in);
  }

  private static void requireAccepted(String answer) throws SourceException {
    if (!answer.equals(Credentials.ACCEPTED)) {
      throw new SourceException(
          "answered '%s' to the user name and password".formatted(SourceException.quote(answer)));
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException alreadyBroken) {
      // It need not be closed any more.
    }
  }
}
