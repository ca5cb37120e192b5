package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.memcached.protocol.Credentials;
import org.jcachememcached.testing.MemcachedServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** memcached's option -Y. */
class AuthenticationIT {

  private static final int CONNECTIONS = 4;
  private static final String SECRET = "s3cret";
  private static final Credentials RIGHT = new Credentials("app", SECRET);
  private static final Credentials WRONG = new Credentials("app", "wr0ng");

  private String authFile = "";

  @BeforeEach
  void writeAuthFile(@TempDir Path directory) throws IOException {
    authFile = Files.writeString(directory.resolve("auth"), "app:" + SECRET + "\n").toString();
  }

  @Test
  void rightPasswordOpensTheServerForEverything() {
    try (MemcachedServer server = MemcachedServer.start("-Y", authFile);
        MemcachedStore store = open(server, RIGHT)) {
      assertThat(reply(store, set("a"))).isEqualTo(Reply.DONE);
      try (KeyScan scan = store.scan("")) {
        assertThat(scan.nextPage(10)).containsExactly("a");
      }

      server.restart();

      await().until(() -> reply(store, set("a")).equals(Reply.DONE));
    }
  }

  @Test
  void wrongPasswordIsRefusedInOneSentence() {
    try (MemcachedServer server = MemcachedServer.start("-Y", authFile);
        MemcachedStore store = open(server, WRONG)) {
      assertRefused(server, store);
      assertThat(failure(store)).hasMessageNotContaining("wr0ng");
    }
  }

  @Test
  void missingPasswordIsRefusedInOneSentence() {
    try (MemcachedServer server = MemcachedServer.start("-Y", authFile);
        MemcachedStore store = open(server, null)) {
      assertRefused(server, store);
    }
  }

  @Test
  void passwordThatTheServerLearnsLaterIsAccepted() throws IOException {
    try (MemcachedServer server = MemcachedServer.start("-Y", authFile);
        MemcachedStore store = open(server, WRONG)) {
      assertRefused(server, store);
      Files.writeString(Path.of(authFile), "app:wr0ng\n");

      server.restart();

      await().until(() -> reply(store, set("a")).equals(Reply.DONE));
    }
  }

  private static void assertRefused(MemcachedServer server, MemcachedStore store) {
    StoreException failure = failure(store);
    assertThat(failure.reason()).isEqualTo(Reason.PROTOCOL);
    assertThat(failure)
        .hasMessageContaining(server.address())
        .hasMessageContaining("-Y")
        .hasMessageContaining("'username'")
        .hasMessageContaining("'password'");
  }

  @Test
  void wrongPasswordIsTriedAgainLaterAndLater() {
    long begun = System.nanoTime();
    try (MemcachedServer server = MemcachedServer.start("-Y", authFile);
        MemcachedStore right = open(server, RIGHT);
        MemcachedStore wrong = open(server, WRONG)) {
      assertThat(reply(right, set("a"))).isEqualTo(Reply.DONE);
      assertRefused(server, wrong);
      int connections = connections(server, right);

      await().pollDelay(Duration.ofSeconds(6)).until(() -> true);

      assertRefused(server, wrong);
      int more = connections(server, right) - connections;
      double seconds = (System.nanoTime() - begun) / 1e9;
      // After 1, 2, 4, 8 seconds and so on, on one connection for all.
      assertThat(more).isBetween(1, (int) (Math.log(seconds + 1) / Math.log(2)));
    }
  }

  private static int connections(MemcachedServer server, MemcachedStore store) {
    net.spy.memcached.MemcachedClient client =
        Objects.requireNonNull(store.unwrap(net.spy.memcached.MemcachedClient.class));
    return client.getStats().values().stream()
        .map(stats -> Integer.valueOf(stats.get("total_connections")))
        .findFirst()
        .orElseThrow(() -> new AssertionError(server + " has no statistics"));
  }

  @Test
  void serverWithoutPasswordTakesAnyAndKeepsNone() {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedStore store = open(server, RIGHT)) {
      assertThat(reply(store, set("a"))).isEqualTo(Reply.DONE);
      assertThat(server.command("mg login v")).isEqualTo("EN");
    }
  }

  @Test
  void passwordIsNowhereToBeSeen() throws Exception {
    var mbeans = ManagementFactory.getPlatformMBeanServer();
    try (MemcachedServer server = MemcachedServer.start("-Y", authFile);
        MemcachedStore store = open(server, new Credentials("nobody", SECRET))) {
      StringWriter trace = new StringWriter();
      failure(store).printStackTrace(new PrintWriter(trace));

      assertThat(trace.toString()).doesNotContain(SECRET);
      assertThat(RIGHT.toString()).doesNotContain(SECRET).doesNotContain("app");
      assertThat(options(RIGHT).toString()).doesNotContain(SECRET);
      for (var name : mbeans.queryNames(null, null)) {
        assertThat(name.toString()).doesNotContain(SECRET);
        if (name.getDomain().equals("org.jcachememcached")) {
          for (var attribute : mbeans.getMBeanInfo(name).getAttributes()) {
            Object value = mbeans.getAttribute(name, attribute.getName());
            assertThat(String.valueOf(value)).doesNotContain(SECRET);
          }
        }
      }
    }
  }

  private static MemcachedStore open(MemcachedServer server, @Nullable Credentials credentials) {
    List<Server> servers = List.of(new Server(server.host(), server.port(), 1));
    return new MemcachedStore(servers, options(credentials), InstantSource.system());
  }

  private static NodeOptions options(@Nullable Credentials credentials) {
    return new NodeOptions(
        Duration.ofSeconds(10),
        CONNECTIONS,
        Duration.ofSeconds(30),
        8192,
        1 << 26,
        1000,
        credentials,
        null);
  }

  private static Command.Set set(String key) {
    return new Command.Set(key, new Item(0, new byte[] {1}, Item.FOREVER));
  }

  private static Reply reply(MemcachedStore store, Command command) {
    return store.send(List.of(command)).join().get(0);
  }

  private static StoreException failure(MemcachedStore store) {
    return Objects.requireNonNull(reply(store, new Command.Get("a")).failure());
  }
}
