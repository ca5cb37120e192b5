package org.jcachememcached.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real memcached process on 127.0.0.1, on a port that was free, for as long as a test needs it.
 *
 * <p>Not thread-safe, but {@link #command} and {@link #stats} may be called from several threads.
 */
public final class MemcachedServer implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  private static final int START_ATTEMPTS = 5;

  private final List<String> options;
  private final int port;
  private Process process;

  private MemcachedServer(List<String> options, int port, Process process) {
    this.options = options;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts a server that answers when this method returns.
   *
   * @param options further command line options, such as {@code "-I", "2m"}
   */
  public static MemcachedServer start(String... options) {
    IllegalStateException failure = new IllegalStateException("memcached was not started");
    for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
      try {
        return startOn(freePort(), options);
      } catch (IllegalStateException portTakenMeanwhile) {
        failure = portTakenMeanwhile;
      }
    }
    throw failure;
  }

  /** Starts a server on this port, which must be free: for a server that comes up late. */
  public static MemcachedServer startOn(int port, String... options) {
    List<String> copy = List.of(options);
    return new MemcachedServer(copy, port, launch(port, copy));
  }

  /** A port on which nothing listens at the moment. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
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

  public InetSocketAddress socketAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Sends one line, such as {@code flush_all}, and returns the first line of the answer. */
  public String command(String line) {
    try (TextClient client = new TextClient(socketAddress())) {
      return client.command(line);
    }
  }

  /** The server's {@code stats}, or those of a group such as {@code settings}. */
  public Map<String, String> stats(String... group) {
    try (TextClient client = new TextClient(socketAddress())) {
      return client.stats(group);
    }
  }

  /** Ends the process politely; the port refuses connections from then on. */
  public void stop() {
    signal("TERM");
    awaitEnd();
  }

  /** Ends the process at once, as {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Hangs the process (SIGSTOP): connections stay open and nothing is answered. */
  public void suspend() {
    signal("STOP");
    // The signal does not reach all threads at once.
    while (!isStopped()) {
      pause();
    }
  }

  private boolean isStopped() {
    Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
    try (Stream<Path> ofProcess = Files.list(threads)) {
      return ofProcess.allMatch(MemcachedServer::isThreadStopped);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isThreadStopped(Path thread) {
    try {
      // The name, in parentheses, may hold anything; the state comes behind it.
      return Files.readString(thread.resolve("stat")).replaceFirst(".*\\) ", "").startsWith("T");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets a hung process go on (SIGCONT). */
  public void resume() {
    signal("CONT");
  }

  /** Starts an empty server again, on the same port and with the same options. */
  public void restart() {
    if (process.isAlive()) {
      kill();
    }
    process = launch(port, options);
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }

  @Override
  public String toString() {
    return "memcached at " + address() + " " + options;
  }

  private void signal(String name) {
    try {
      String pid = Long.toString(process.pid());
      new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(this + " did not end");
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static Process launch(int port, List<String> options) {
    List<String> command = new ArrayList<>(List.of("memcached", "-l", "127.0.0.1", "-U", "0"));
    command.addAll(List.of("-p", Integer.toString(port)));
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("-u", "root"));
    }
    command.addAll(options);
    Process process = execute(command);
    awaitAnswer(process, port, command);
    return process;
  }

  private static Process execute(List<String> command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "memcached cannot be started; install it, e.g. apt-get install memcached", e);
    }
  }

  private static void awaitAnswer(Process process, int port, List<String> command) {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    @Nullable RuntimeException failure = null;
    while (process.isAlive() && System.nanoTime() < deadline) {
      try (TextClient client = new TextClient(address)) {
        client.command("version");
        // Another process may hold the port and answer while ours is about to give up.
        if (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
          return;
        }
      } catch (UncheckedIOException notYet) {
        failure = notYet;
        pause();
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
    process.destroyForcibly();
    throw new IllegalStateException("memcached does not answer: " + command, failure);
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while waiting for memcached", e);
  }
}
