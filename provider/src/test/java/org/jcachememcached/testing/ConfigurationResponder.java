package org.jcachememcached.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jcachememcached.internal.config.Server;

/**
 * The configuration endpoint of a cluster, on 127.0.0.1: answers {@code config get cluster} as a
 * test wants, after a user name and a password if need be. Answers {@code ERROR} at first, as a
 * memcached of its own does. Thread-safe.
 */
public final class ConfigurationResponder implements AutoCloseable {

  private final ScriptedServer server;
  private final AtomicInteger version = new AtomicInteger();
  private final AtomicInteger questions = new AtomicInteger();
  private volatile Function<String, String> answers = request -> "ERROR\r\n";

  private ConfigurationResponder() {
    server = ScriptedServer.start(this::answer);
  }

  /** Starts a responder; it listens when this method returns. */
  public static ConfigurationResponder start() {
    return new ConfigurationResponder();
  }

  private void answer(String request, OutputStream out) throws IOException {
    questions.incrementAndGet();
    if (!request.startsWith("set ")) {
      out.write(answers.apply(request).getBytes(ISO_8859_1));
    }
  }

  /** From now on these are the nodes, in the next version. */
  public void answer(List<Server> servers) {
    answer(version.get() + 1, servers);
  }

  /** From now on these are the nodes, in that version. */
  public void answer(int newVersion, List<Server> servers) {
    version.set(newVersion);
    String nodes =
        servers.stream()
            .map(node -> "%1$s|%1$s|%2$d".formatted(node.host(), node.port()))
            .collect(Collectors.joining(" "));
    String content = newVersion + "\n" + nodes + "\n";
    garbage("CONFIG cluster 0 %d\r\n%s\r\nEND\r\n".formatted(content.length(), content));
  }

  /** From now on this is the answer, whatever it is. */
  public void garbage(String answer) {
    answers = request -> request.equals("config get cluster") ? answer : "STORED\r\n";
  }

  /** From now on nothing is answered; connections are accepted. */
  public void silence() {
    answers = request -> "";
  }

  /** How many lines have been sent to it. */
  public int questions() {
    return questions.get();
  }

  /** The port of 127.0.0.1. */
  public int port() {
    return server.server().port();
  }

  @Override
  public void close() {
    server.close();
  }
}
