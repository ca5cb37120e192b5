package org.jcachememcached.junit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A memcached process on a free port of 127.0.0.1, which ends with this JVM at the latest. */
final class MemcachedProcess implements AutoCloseable {

  private static final int ATTEMPTS = 5;
  private static final Duration LONGEST_START = Duration.ofSeconds(30);
  private static final int ANSWER_MILLIS = 10_000;
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Process process;
  private final int port;
  private final String version;
  private final Thread endWithJvm;

  private MemcachedProcess(Process process, int port, String version) {
    this.process = process;
    this.port = port;
    this.version = version;
    this.endWithJvm = new Thread(process::destroyForcibly, "end of memcached at " + port);
    Runtime.getRuntime().addShutdownHook(endWithJvm);
  }

  /**
   * Starts a process, and waits until it answers.
   *
   * @param options of the command
   * @throws IOException if that is not possible; the message is a clause that says why
   */
  static MemcachedProcess start(List<String> options) throws IOException {
    IOException failure = new IOException("memcached was not started");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = freePort();
      Process process = launch(port, options);
      try {
        return new MemcachedProcess(process, port, awaitVersion(process, port));
      } catch (IOException portWasTaken) {
        process.destroyForcibly();
        failure = portWasTaken;
      }
    }
    throw failure;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Process launch(int port, List<String> options) throws IOException {
    String name = System.getProperty(MemcachedExtension.COMMAND, "memcached");
    List<String> command =
        new ArrayList<>(List.of(name, "-l", "127.0.0.1", "-U", "0", "-p", Integer.toString(port)));
    if ("root".equals(System.getProperty("user.name"))) {
      // memcached refuses to run as root without this option.
      command.addAll(List.of("-u", "root"));
    }
    command.addAll(options);
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new IOException("the command %s cannot be run".formatted(name), e);
    }
  }

  private static String awaitVersion(Process process, int port) throws IOException {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      try {
        String answer = answerTo("version", port);
        // Another process may hold the port and answer while this one is about to give up.
        if (!process.waitFor(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
          return answer.replaceFirst("^VERSION ", "");
        }
      } catch (IOException notYet) {
        pause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("the test was interrupted", e);
      }
    }
    throw new IOException("memcached ended, or did not answer, on port " + port);
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the test was interrupted", e);
    }
  }

  private static String answerTo(String line, int port) throws IOException {
    try (Socket socket = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      socket.connect(address, ANSWER_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String answer = in.readLine();
      if (answer == null) {
        throw new IOException("memcached on port %d closed the connection".formatted(port));
      }
      return answer;
    }
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** Removes all items. */
  void clear() {
    try {
      String answer = answerTo("flush_all", port);
      if (!answer.equals("OK")) {
        throw new IOException("memcached answered flush_all with " + answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The caches could not be emptied after a test", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      Runtime.getRuntime().removeShutdownHook(endWithJvm);
    } catch (IllegalStateException jvmEnds) {
      // Then the hook runs.
    }
  }

  @Override
  public String toString() {
    return "memcached %s at %s".formatted(version, address());
  }
}
