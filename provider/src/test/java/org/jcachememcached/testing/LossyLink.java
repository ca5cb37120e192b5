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
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network between clients and a server on this machine that loses packets at random, with a seed,
 * and repeats them as TCP does: a lost packet after 200 ms, then after twice as long, and so on, or
 * as soon as a packet behind it has arrived. Nothing behind it is delivered before. The first
 * packet of a connection is repeated after a second. Thread-safe.
 */
public final class LossyLink implements AutoCloseable {

  private static final Duration FIRST_REPETITION = Duration.ofMillis(200);
  private static final Duration FIRST_REPETITION_OF_CONNECT = Duration.ofSeconds(1);
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
      // The requests of a connection that is not there yet wait for it.
      new Direction(client, server, FIRST_REPETITION_OF_CONNECT).begin();
      new Direction(server, client, FIRST_REPETITION).begin();
    }
  }

  /** A packet that is under way. */
  private static final class Packet {

    private final byte[] data;
    private Duration repetition;
    private long repeatAt;
    private boolean arrived;

    Packet(byte[] data, Duration firstRepetition) {
      this.data = data;
      this.repetition = firstRepetition;
    }
  }

  /** What travels on one connection in one direction. */
  private final class Direction {

    private final Socket from;
    private final Socket to;
    private final SplittableRandom random = new SplittableRandom(seeds.getAndIncrement());
    private final Queue<Packet> underWay = new ArrayDeque<>();
    private Duration firstRepetition;

    Direction(Socket from, Socket to, Duration repetitionOfFirstPacket) {
      this.from = from;
      this.to = to;
      this.firstRepetition = repetitionOfFirstPacket;
    }

    void begin() {
      inBackground(this::send);
      inBackground(this::deliver);
    }

    private void send() throws IOException {
      byte[] buffer = new byte[BUFFER_SIZE];
      try (from;
          to) {
        InputStream in = from.getInputStream();
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
          send(Arrays.copyOf(buffer, length));
        }
      } finally {
        sockets.remove(from);
        sockets.remove(to);
      }
    }

    private synchronized void send(byte[] data) {
      Packet packet = new Packet(data, firstRepetition);
      firstRepetition = FIRST_REPETITION;
      transmit(packet);
      if (packet.arrived) {
        // The other side tells what is missing before it.
        underWay.stream().filter(before -> !before.arrived).forEach(this::transmit);
      }
      underWay.add(packet);
      notifyAll();
    }

    private void transmit(Packet packet) {
      packet.arrived = random.nextDouble() >= loss;
      packet.repeatAt = System.nanoTime() + packet.repetition.toNanos();
    }

    private void deliver() throws IOException {
      OutputStream out = to.getOutputStream();
      while (!to.isClosed()) {
        out.write(next().data);
      }
    }

    private synchronized Packet next() throws IOException {
      try {
        while (underWay.isEmpty() || !underWay.element().arrived) {
          if (to.isClosed()) {
            throw new IOException("closed");
          }
          awaitChange();
        }
        return underWay.remove();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }

    private void awaitChange() throws InterruptedException {
      Packet first = underWay.peek();
      if (first == null) {
        TimeUnit.NANOSECONDS.timedWait(this, FIRST_REPETITION.toNanos());
        return;
      }
      long left = first.repeatAt - System.nanoTime();
      if (left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } else {
        first.repetition = first.repetition.multipliedBy(2);
        transmit(first);
      }
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
