package org.jcachememcached.testing;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A second JVM with the class path of this one, for as long as a test needs it. Both sides talk in
 * lines over its standard input and output; its standard error is the test's. Not thread-safe.
 */
public final class ChildJvm implements AutoCloseable {

  private static final long END_SECONDS = 120;

  private final String name;
  private final Process process;
  private final PrintWriter out;
  private final BufferedReader in;

  private ChildJvm(String name, Process process) {
    this.name = name;
    this.process = process;
    this.out = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    this.in = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts a main class. */
  public static ChildJvm start(Class<?> main, String... arguments) {
    return start(List.of(), Map.of(), main, arguments);
  }

  /**
   * Starts a main class.
   *
   * @param options of the JVM, such as {@code -Xmx96m}
   * @param environment variables besides those of this JVM
   */
  public static ChildJvm start(
      List<String> options, Map<String, String> environment, Class<?> main, String... arguments) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return start(java, options, environment, main, arguments);
  }

  /** Starts a main class on another JDK. */
  public static ChildJvm start(Jdk jdk, Class<?> main, String... arguments) {
    return start(jdk.tool("java"), List.of(), Map.of(), main, arguments);
  }

  private static ChildJvm start(
      Path java,
      List<String> options,
      Map<String, String> environment,
      Class<?> main,
      String... arguments) {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      return new ChildJvm(main.getSimpleName(), builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a line to the child's standard input. */
  public void send(String line) {
    out.println(line);
  }

  /** The next line of the child's standard output; waits for it. */
  public String readLine() {
    try {
      String line = in.readLine();
      if (line == null) {
        throw new EOFException("the JVM of " + name + " has ended");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets the child see the end of its input, waits for it, and returns what it still printed. */
  public List<String> awaitEnd() {
    out.close();
    List<String> rest = in.lines().toList();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException("the JVM of " + name + " did not end well: " + process);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a JVM", e);
    }
    return rest;
  }

  /** Asks the child to end, as SIGTERM does, waits for it, and returns its exit code. */
  public int terminate() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the JVM of " + name + " did not end: " + process);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a JVM", e);
    }
  }

  /** Lets the whole JVM stand still (SIGSTOP), as a long pause for garbage collection does. */
  public void suspend() {
    signal("STOP");
  }

  /** Lets it go on (SIGCONT). */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      String pid = Long.toString(process.pid());
      new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while signalling a JVM", e);
    }
  }

  /** Ends the child if it is still running. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
