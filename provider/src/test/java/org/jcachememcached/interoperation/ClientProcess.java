package org.jcachememcached.interoperation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client in another language that carries out commands, in a process. Not thread-safe. */
final class ClientProcess implements AutoCloseable {

  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;

  private ClientProcess(Process process) {
    this.process = process;
    this.commands = new OutputStreamWriter(process.getOutputStream(), UTF_8);
    this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  static ClientProcess start(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      ClientProcess client = new ClientProcess(process);
      if (!"ready".equals(client.answers.readLine())) {
        throw new IllegalStateException("The client did not start: " + command);
      }
      return client;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stores a value for ever; false when the client cannot. */
  boolean set(String key, String kind, byte[] value) {
    return set(key, 0, kind, value);
  }

  /** Stores a value for some seconds, 0 for ever; false when the client cannot. */
  boolean set(String key, int lifetime, String kind, byte[] value) {
    return ask("set " + key + " " + lifetime + " " + answer(kind, value)).equals("ok");
  }

  /** What the client reads, as {@link #answer}; in its own words where that is no value. */
  String get(String key) {
    return ask("get " + key);
  }

  /** What the client says when it has counted up, as {@link #answer}. */
  String increment(String key) {
    return ask("incr " + key);
  }

  /** Adds to the end of a text; false when the client cannot. */
  boolean append(String key, byte[] suffix) {
    return ask("append " + key + " " + HexFormat.of().formatHex(suffix)).equals("ok");
  }

  /** Sets the lifetime of an entry in seconds; false when the client cannot. */
  boolean touch(String key, int lifetime) {
    return ask("touch " + key + " " + lifetime).equals("ok");
  }

  /** A value as a client says it. */
  static String answer(String kind, byte[] value) {
    return kind + " " + HexFormat.of().formatHex(value);
  }

  private String ask(String command) {
    try {
      commands.write(command + "\n");
      commands.flush();
      return String.valueOf(answers.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process: it ends by itself when there are no more commands. */
  @Override
  public void close() {
    try {
      commands.close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
