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
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network between clients and a server on this machine that loses packets at random, with a seed:
 * what is lost is delivered after the time in which TCP repeats it, which doubles with every
 * further loss, and everything behind it on the same connection waits. Each direction of each
 * connection has its own luck. A connection whose first packet is lost comes about a second later.
 * Thread-safe.
 */
public final class LossyLink implements AutoCloseable {

  private static final Duration FIRST_REPETITION = Duration.ofMillis(200);
  private static final Duration FIRST_REPETITION_OF_CONNECT = Duration.ofSeconds(1);
  private static final int MAX_REPETITIONS = 6;
  private static final int BUFFER_SIZE = 64 * 1024;

  private final InetSocketAddress target;
  private final double loss;
  private final AtomicLong seeds;
  private final ServerSocket acceptor;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /**
   * @param loss the share of packets that are lost, from 0 to 1
   */
  public LossyLink(InetSocketAddress target, double loss, long seed) {
    this.target = target;
    this.loss = loss;
    this.seeds = new AtomicLong(seed);
    try {
      this.acceptor = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    inBackground(this::accept);
  }

  /** Where clients connect to. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), acceptor.getLocalPort());
  }

  private void accept() throws IOException {
    while (!acceptor.isClosed()) {
      Socket client = acceptor.accept();
      sockets.add(client);
      Socket server = new Socket(target.getAddress(), target.getPort());
      sockets.add(server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      inBackground(() -> pass(client, server, FIRST_REPETITION_OF_CONNECT));
      inBackground(() -> pass(server, client, Duration.ZERO));
    }
  }

  /** The connection itself is lost like a packet: nothing is passed on until it is repeated. */
  private void pass(Socket from, Socket to, Duration repetitionOfConnect) throws IOException {
    SplittableRandom random = new SplittableRandom(seeds.getAndIncrement());
    byte[] buffer = new byte[BUFFER_SIZE];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      repeatUntilDelivered(random, repetitionOfConnect);
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        repeatUntilDelivered(random, FIRST_REPETITION);
        out.write(buffer, 0, length);
      }
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private void repeatUntilDelivered(SplittableRandom random, Duration firstRepetition) {
    Duration repetition = firstRepetition;
    for (int i = 0; i < MAX_REPETITIONS && random.nextDouble() < loss; i++) {
      sleep(repetition);
      repetition = repetition.multipliedBy(2);
    }
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
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
                // The end of a connection, or of the link.
              }
            },
            "lossy link");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      acceptor.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
