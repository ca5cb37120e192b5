package org.jcachememcached.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and a server and counts round trips: it holds what the client sends until
 * the client falls silent, which it does when it waits for an answer, and passes it on as one
 * burst. Bursts at the same time on several connections are one round trip. Thread-safe.
 */
public final class RoundTripRelay implements AutoCloseable {

  private static final int SILENCE_MILLIS = 50;

  /** A silence that ends later was not one of the client alone. */
  private static final Duration LONGEST_SILENCE = Duration.ofMillis(2 * SILENCE_MILLIS);

  /** One round trip after another is further away from it, as it begins with a silence. */
  private static final Duration PARALLEL = Duration.ofMillis(SILENCE_MILLIS - 10);

  private final InetSocketAddress server;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private int roundTrips;
  private long lastBurst = System.nanoTime() - PARALLEL.toNanos();

  /** Listens on a free port of 127.0.0.1 from now on. */
  public RoundTripRelay(InetSocketAddress server) {
    this.server = server;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    inBackground(this::accept);
  }

  /** Where clients connect to, as settings want it. */
  public String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** How many round trips there have been on all connections together. */
  public synchronized int roundTrips() {
    return roundTrips;
  }

  private synchronized void countBurst() {
    long now = System.nanoTime();
    if (now - lastBurst >= PARALLEL.toNanos()) {
      roundTrips++;
    }
    lastBurst = now;
  }

  private void accept() throws IOException {
    while (!listener.isClosed()) {
      Socket client = listener.accept();
      sockets.add(client);
      Socket upstream = new Socket(server.getAddress(), server.getPort());
      sockets.add(upstream);
      client.setSoTimeout(SILENCE_MILLIS);
      upstream.setTcpNoDelay(true);
      inBackground(() -> passRequests(client.getInputStream(), upstream.getOutputStream()));
      inBackground(() -> upstream.getInputStream().transferTo(client.getOutputStream()));
    }
  }

  private void passRequests(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    ByteArrayOutputStream burst = new ByteArrayOutputStream();
    int length = 0;
    while (length >= 0) {
      long begun = System.nanoTime();
      try {
        length = from.read(buffer);
        burst.write(buffer, 0, Math.max(length, 0));
      } catch (SocketTimeoutException silence) {
        // Where the machine stood still meanwhile, so did the client.
        if (burst.size() > 0 && System.nanoTime() - begun < LONGEST_SILENCE.toNanos()) {
          countBurst();
          burst.writeTo(to);
          burst.reset();
        }
      }
    }
  }

  private interface Transfer {
    void run() throws IOException;
  }

  private static void inBackground(Transfer transfer) {
    Thread thread =
        new Thread(
            () -> {
              try {
                transfer.run();
              } catch (IOException connectionClosed) {
                // The relay was closed, or one of the two sides.
              }
            },
            "round trip relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
