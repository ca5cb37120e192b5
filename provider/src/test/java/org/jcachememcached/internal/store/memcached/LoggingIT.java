package org.jcachememcached.internal.store.memcached;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.testing.ChildJvm;
import org.jcachememcached.testing.FaultyProxy;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;

/** What is logged of first contact, of outages, and for each request. */
class LoggingIT {

  private final List<String> log = new ArrayList<>();

  @Test
  void outageIsToldOnceWhateverItsReasons() throws InterruptedException {
    undisturbed(this::assertThatOutageIsToldOnce);
  }

  private void assertThatOutageIsToldOnce() throws InterruptedException {
    log.clear();
    try (MemcachedServer server = MemcachedServer.start();
        FaultyProxy proxy = FaultyProxy.to(server.socketAddress());
        ChildJvm jvm = start("info", proxy.port())) {
      expect(jvm, "await");
      // Hangs, and cannot be reached, and hangs again.
      proxy.fallSilent();
      expect(jvm, "fail");
      proxy.refuse();
      Thread.sleep(3_000);
      proxy.admit();
      Thread.sleep(2_000);
      proxy.speakAgain();
      expect(jvm, "await");

      logOf(jvm);
      String address = proxy.address();
      assertThat(log).hasSize(3);
      assertThat(log.get(0))
          .matches(
              "INFO org.jcachememcached.servers - jcache-memcached \\S+ works with memcached at "
                  + address
                  + " \\(1\\.\\d+\\.\\d+.*\\)");
      assertThat(log.get(1))
          .isEqualTo(
              "WARN org.jcachememcached.servers - memcached at %s did not answer within 900 ms"
                  + " (setting 'timeout')",
              address);
      assertThat(log.get(2))
          .matches(
              "INFO org.jcachememcached.servers - memcached at "
                  + address
                  + " answers again, after \\d+ s");
    }
  }

  @Test
  void serverThatIsNotThereIsToldOfOnce() throws InterruptedException {
    undisturbed(this::assertThatMissingServerIsToldOfOnce);
  }

  private void assertThatMissingServerIsToldOfOnce() throws InterruptedException {
    log.clear();
    int port = MemcachedServer.freePort();
    try (ChildJvm jvm = start("info", port)) {
      expect(jvm, "fail");
      Thread.sleep(5_000);

      assertThat(logOf(jvm))
          .containsExactly(
              "WARN org.jcachememcached.servers - memcached at 127.0.0.1:%d cannot be reached (setting 'servers')"
                  .formatted(port));
    }
  }

  @Test
  void requestIsNotLoggedAboveTrace() {
    try (MemcachedServer server = MemcachedServer.start();
        ChildJvm jvm = start("debug", server.port())) {
      expect(jvm, "await");
      expect(jvm, "100 gets");

      assertThat(logOf(jvm)).hasSizeLessThan(20);
    }
  }

  @Test
  void clientHasOneLogger() {
    try (MemcachedServer server = MemcachedServer.start();
        ChildJvm jvm = start("trace", server.port())) {
      expect(jvm, "await");
      expect(jvm, "100 gets");

      assertThat(logOf(jvm))
          .hasSizeGreaterThan(1000)
          .allMatch(line -> !line.contains("net.spy") || line.contains(" org.jcachememcached."))
          .filteredOn(line -> line.startsWith("TRACE"))
          .allMatch(line -> line.startsWith("TRACE org.jcachememcached.client - "));
    }
  }

  private static ChildJvm start(String level, int port) {
    List<String> options =
        List.of(
            "-Dorg.slf4j.simpleLogger.logFile=System.out",
            "-Dorg.slf4j.simpleLogger.showThreadName=false",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=" + level);
    return ChildJvm.start(options, Map.of(), Client.class, Integer.toString(port));
  }

  private void expect(ChildJvm jvm, String request) {
    jvm.send(request);
    for (String line = jvm.readLine(); !line.equals("done"); line = jvm.readLine()) {
      log.add(line);
    }
  }

  private List<String> logOf(ChildJvm jvm) {
    log.addAll(jvm.awaitEnd());
    return log;
  }

  /** Does what it reads from its standard input, line by line. */
  static final class Client {

    private Client() {}

    public static void main(String[] arguments) throws Exception {
      Server server = new Server("127.0.0.1", Integer.parseInt(arguments[0]), 1);
      var in = new java.io.BufferedReader(new java.io.InputStreamReader(System.in, US_ASCII));
      try (MemcachedStore store =
          new MemcachedStore(
              List.of(server),
              DefaultOptions.withTimeout(Duration.ofMillis(900)),
              InstantSource.system())) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          carryOut(store, line);
          System.out.println("done");
        }
      }
    }

    private static void carryOut(MemcachedStore store, String request) throws InterruptedException {
      Command get = new Command.Get("k");
      switch (request) {
        case "await" -> {
          Command set = new Command.Set("k", new Item(0, new byte[1], Item.FOREVER));
          while (!reply(store, set).equals(Reply.DONE)) {
            Thread.sleep(100);
          }
          OpenConnections.await(store);
        }
        case "fail" -> {
          while (reply(store, get).status() != Reply.Status.FAILED) {
            Thread.sleep(1);
          }
        }
        default -> {
          for (int i = 0; i < 100; i++) {
            reply(store, get);
          }
        }
      }
    }

    private static Reply reply(MemcachedStore store, Command command) {
      return store.send(List.of(command)).join().get(0);
    }
  }
}
