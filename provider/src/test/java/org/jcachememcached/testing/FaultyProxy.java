package org.jcachememcached.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network between a client and a server on this machine that can be made to fail: slow, silent,
 * cut in the middle of a transfer, or refusing. Thread-safe.
 *
 * <p>Its buffers are small, so that a client that sends much is always in the middle of something.
 */
public final class FaultyProxy implements AutoCloseable {

  private static final int BUFFER_SIZE = 4096;
  private static final long NEVER = Long.MAX_VALUE / 2;

  /** The connections that were made between two calls of {@link #hold}. */
  private static final class Generation {
    private volatile CountDownLatch gate = new CountDownLatch(0);
  }

  private final InetSocketAddress target;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong bytesUntilCut = new AtomicLong(NEVER);
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean silent;
  private volatile Generation newest = new Generation();
  private volatile Generation held = newest;
  private volatile ServerSocket acceptor;

  private FaultyProxy(InetSocketAddress target) throws IOException {
    this.target = target;
    this.acceptor = listen(0);
    this.port = acceptor.getLocalPort();
    accept(acceptor);
  }

  /** Starts a proxy that passes everything on to the target. */
  public static FaultyProxy to(InetSocketAddress target) {
    try {
      return new FaultyProxy(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return port;
  }

  /** The address as settings want it, {@code 127.0.0.1:port}. */
  public String address() {
    return host() + ":" + port;
  }

  /** Holds every piece of data back for so long, in both directions. */
  public void delay(Duration pause) {
    delay = pause;
  }

  /** Cuts all connections (RST) as soon as the clients have sent so many more bytes. */
  public void cutAfter(long bytes) {
    bytesUntilCut.set(bytes);
  }

  /** How often {@link #cutAfter} has cut. */
  public int cuts() {
    return cuts.get();
  }

  /** Cuts all connections (RST) now. */
  public void cut() {
    for (Socket socket : sockets) {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException alreadyClosed) {
        // That is what was wanted.
      }
    }
  }

  /** Takes connections and data from now on, but passes nothing on, as a half-open link does. */
  public void fallSilent() {
    silent = true;
  }

  /** Passes data on again after {@link #fallSilent}, on new connections. */
  public void speakAgain() {
    silent = false;
    cut();
  }

  /** Holds back what travels on the present connections, while new ones work as ever. */
  public void hold() {
    held = newest;
    newest = new Generation();
    held.gate = new CountDownLatch(1);
  }

  /** Delivers what was held back, as far as its senders have not taken it back meanwhile. */
  public void release() {
    held.gate.countDown();
  }

  /** Cuts all connections and refuses new ones. */
  public void refuse() {
    try {
      acceptor.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }

  /** Takes connections again after {@link #refuse}. */
  public void admit() {
    try {
      acceptor = listen(port);
      accept(acceptor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    refuse();
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.setReceiveBufferSize(BUFFER_SIZE);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  private void accept(ServerSocket from) {
    inBackground(
        () -> {
          while (!from.isClosed()) {
            connect(from.accept());
          }
        });
  }

  private void connect(Socket client) throws IOException {
    Generation generation = newest;
    Socket server = new Socket();
    sockets.add(client);
    sockets.add(server);
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    try {
      server.connect(target);
    } catch (IOException noServer) {
      client.close();
      return;
    }
    inBackground(() -> pump(client, server, true, generation));
    inBackground(() -> pump(server, client, false, generation));
  }

  private void pump(Socket from, Socket to, boolean request, Generation generation) {
    byte[] buffer = new byte[BUFFER_SIZE];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        pause();
        await(generation.gate);
        if (request && isLastBeforeCut(length)) {
          bytesUntilCut.set(NEVER);
          cuts.incrementAndGet();
          cut();
        }
        if (!silent) {
          out.write(buffer, 0, length);
        }
      }
    } catch (IOException broken) {
      // One end has gone; the other follows.
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  /** True for one of several connections that send at the same time. */
  private boolean isLastBeforeCut(int length) {
    long left = bytesUntilCut.addAndGet(-length);
    return left <= 0 && left + length > 0;
  }

  private void pause() {
    if (!delay.isZero()) {
      try {
        Thread.sleep(delay.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void inBackground(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException closed) {
                // The end of a task.
              }
            },
            "faulty proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
