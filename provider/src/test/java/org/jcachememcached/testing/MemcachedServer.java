package org.jcachememcached.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
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
 * A real memcached process for as long as a test needs it: on 127.0.0.1, on a port that was free,
 * or at a Unix socket.
 *
 * <p>Not thread-safe, but {@link #command} and {@link #stats} may be called from several threads.
 */
public final class MemcachedServer implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  private static final int START_ATTEMPTS = 5;

  private final List<String> options;
  private final SocketAddress listensAt;
  private Process process;

  private MemcachedServer(SocketAddress listensAt, List<String> options) {
    this.options = options;
    this.listensAt = listensAt;
    this.process = launch(listensAt, options);
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
    return new MemcachedServer(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), List.of(options));
  }

  /** Starts a server at a Unix socket, where no other one listens. */
  public static MemcachedServer startAt(Path socket, String... options) {
    return new MemcachedServer(UnixDomainSocketAddress.of(socket), List.of(options));
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
    return socketAddress().getPort();
  }

  /** The address as settings want it, {@code 127.0.0.1:port} or {@code unix:/path}. */
  public String address() {
    return listensAt instanceof InetSocketAddress ? host() + ":" + port() : "unix:" + listensAt;
  }

  public InetSocketAddress socketAddress() {
    return (InetSocketAddress) listensAt;
  }

  /** Sends one line, such as {@code flush_all}, and returns the first line of the answer. */
  public String command(String line) {
    try (TextClient client = new TextClient(listensAt)) {
      return client.command(line);
    }
  }

  /** The server's {@code stats}, or those of a group such as {@code settings}. */
  public Map<String, String> stats(String... group) {
    try (TextClient client = new TextClient(listensAt)) {
      return client.stats(group);
    }
  }

  /** Ends the process politely; the port or socket refuses connections from then on. */
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

  /** Starts an empty server again, at the same port or socket and with the same options. */
  public void restart() {
    if (process.isAlive()) {
      kill();
    }
    process = launch(listensAt, options);
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

  private static Process launch(SocketAddress listensAt, List<String> options) {
    List<String> command = new ArrayList<>(List.of("memcached"));
    if (listensAt instanceof InetSocketAddress port) {
      command.addAll(List.of("-l", "127.0.0.1", "-U", "0", "-p", "" + port.getPort()));
    } else {
      command.addAll(List.of("-s", listensAt.toString()));
    }
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("-u", "root"));
    }
    command.addAll(options);
    Process process = execute(command);
    awaitAnswer(process, listensAt, command);
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

  private static void awaitAnswer(Process process, SocketAddress listensAt, List<String> command) {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    @Nullable RuntimeException failure = null;
    while (process.isAlive() && System.nanoTime() < deadline) {
      try (TextClient client = new TextClient(listensAt)) {
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
