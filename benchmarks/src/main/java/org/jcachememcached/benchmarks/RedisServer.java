package org.jcachememcached.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.jcachememcached.testing.MemcachedServer;

/** A Redis process on a free port of 127.0.0.1 that keeps nothing on disk. Thread-safe. */
final class RedisServer implements AutoCloseable {

  private static final int START_ATTEMPTS = 500;

  private final Process process;
  private final int port;

  private RedisServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts a server that takes connections when this method returns. */
  static RedisServer start() {
    int port = MemcachedServer.freePort();
    try {
      RedisServer server = new RedisServer(launch(port), port);
      server.awaitStart();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("redis-server cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while redis-server started", e);
    }
  }

  private static Process launch(int port) throws IOException {
    String options = "--bind 127.0.0.1 --save --appendonly no --port " + port;
    return new ProcessBuilder(("redis-server " + options).split(" "))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private void awaitStart() throws InterruptedException {
    for (int attempt = 0; process.isAlive() && attempt < START_ATTEMPTS; attempt++) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
    close();
    throw new IllegalStateException("redis-server does not listen on port " + port);
  }

  /** The address, host:port. */
  String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
