package org.jcachememcached.elasticache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Accepts connections on 127.0.0.1 and never says anything on them, as a process that hangs.
 * Thread-safe.
 */
final class SilentServer implements AutoCloseable {

  private final ServerSocket listener;
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();

  private SilentServer(ServerSocket listener) {
    this.listener = listener;
  }

  /** Starts a server; it listens when this method returns. */
  static SilentServer start() throws IOException {
    SilentServer server =
        new SilentServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread acceptor = new Thread(server::acceptAll, "silent server");
    acceptor.setDaemon(true);
    acceptor.start();
    return server;
  }

  private void acceptAll() {
    try {
      while (true) {
        accepted.add(listener.accept());
      }
    } catch (IOException closed) {
      // There is nothing more to accept.
    }
  }

  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** How many connections it has accepted. */
  int connections() {
    return accepted.size();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : accepted) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
