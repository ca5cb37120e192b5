package org.jcachememcached.internal.store.memcached;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.spy.memcached.MemcachedClient;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.Reply.Status;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.testing.FaultyProxy;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are absent, late, restarted, hung or unsuitable, and values that do not fit. */
class FailuresIT {

  private static final Duration TIMEOUT = Duration.ofMillis(500);

  /** Where no call is to time out. */
  private static final Duration LONG_TIMEOUT = Duration.ofSeconds(10);

  /** A selector that is closed while a channel is registered with it breaks, now and then. */
  @Test
  void closesWhileItConnects() {
    try (MemcachedServer server = MemcachedServer.start()) {
      for (int i = 0; i < 1_000; i++) {
        open("127.0.0.1", server.port()).close();
      }
    }
  }

  @Test
  void failsAtOnceWhereNoServerIsAndWorksWhenItComes() {
    int port = MemcachedServer.freePort();
    try (MemcachedStore store = open("127.0.0.1", port)) {
      StoreException failure = failure(store, set("a", 1));
      assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
      assertThat(failure.isOutcomeUnknown()).isFalse();
      assertThat(failure).hasMessageContaining("127.0.0.1:" + port).hasMessageContaining("servers");

      try (MemcachedServer late = MemcachedServer.startOn(port)) {
        awaitDone(store, set("a", 1));
        assertThat(late.command("mg a v")).isEqualTo("VA 1");
      }
    }
  }

  @Test
  void failsAtOnceWhereHostNameIsUnknown() {
    try (MemcachedStore store = open("no-such-host.invalid", 11211)) {
      StoreException failure = failure(store, set("a", 1));
      await()
          .untilAsserted(
              () ->
                  assertThat(failure(store, new Command.Get("a")).reason())
                      .isEqualTo(Reason.UNREACHABLE));
      assertThat(failure.isOutcomeUnknown()).isFalse();
    }
  }

  @Test
  void comesBackWithTheServer() {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedStore store = open(server.host(), server.port())) {
      assertThat(reply(store, set("a", 1))).isEqualTo(Reply.DONE);
      server.kill();
      await().until(() -> reply(store, new Command.Get("a")).status() == Status.FAILED);
      undisturbed(
          () -> {
            long before = System.nanoTime();
            IntStream.range(0, 100).forEach(i -> failure(store, new Command.Get("a")));
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(TIMEOUT);
          });

      server.restart();
      awaitDone(store, set("a", 1));
    }
  }

  @Test
  void timesOutWhileServerHangsAndGoesOnAfterwards() {
    undisturbed(FailuresIT::assertThatHangCostsOneTimeout);
  }

  private static void assertThatHangCostsOneTimeout() {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedStore store = open(server.host(), server.port(), TIMEOUT)) {
      awaitDone(store, set("a", 1));
      OpenConnections.await(store);
      server.suspend();

      long before = System.nanoTime();
      CompletableFuture<List<Reply>> underWay = store.send(List.of(set("a", 2)));
      StoreException get = failure(store, new Command.Get("a"));
      Duration taken = Duration.ofNanos(System.nanoTime() - before);
      StoreException set = Objects.requireNonNull(underWay.join().get(0).failure());

      assertThat(taken).isBetween(TIMEOUT, TIMEOUT.multipliedBy(2));
      assertThat(get.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(get.isOutcomeUnknown()).isFalse();
      assertThat(set.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(set.isOutcomeUnknown()).isTrue();

      server.resume();
      awaitDone(store, set("a", 1));
    }
  }

  @Test
  void leavesOtherServersAlone() {
    try (MemcachedServer one = MemcachedServer.start();
        MemcachedServer two = MemcachedServer.start();
        MemcachedStore store =
            open(
                Duration.ofSeconds(3),
                new Server(one.host(), one.port(), 1),
                new Server(two.host(), two.port(), 3))) {
      List<Command.Set> sets = IntStream.range(0, 1000).mapToObj(i -> set("k" + i, 1)).toList();
      assertThat(store.send(sets).join()).containsOnly(Reply.DONE);
      int onTwo = Integer.parseInt(two.stats().get("curr_items"));
      assertThat(onTwo).isBetween(600, 900);

      one.suspend();
      List<Reply> replies = store.send(sets).join();
      assertThat(replies).filteredOn(Reply.DONE::equals).hasSize(onTwo);
      one.resume();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void refusesWhatServerWouldRefuseAndNothingElse(int flags) {
    try (MemcachedServer server = MemcachedServer.start("-I", "2m");
        MemcachedStore store = open(server.host(), server.port())) {
      String key = "key";
      // The header, the CAS value, the key and the flags with their terminators.
      int overhead = 48 + 8 + key.length() + 1 + (flags == 0 ? 0 : 4) + 2;
      int largest = 2 * 1024 * 1024 - overhead;

      Item fits = new Item(flags, new byte[largest], Item.FOREVER);
      assertThat(reply(store, new Command.Set(key, fits))).isEqualTo(Reply.DONE);
      Item tooLarge = new Item(flags, new byte[largest + 1], Item.FOREVER);
      List<Reply> replies =
          store.send(List.of(new Command.Set(key, tooLarge), set("small", 1))).join();

      StoreException failure = Objects.requireNonNull(replies.get(0).failure());
      assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE);
      assertThat(failure)
          .hasMessageContaining(key)
          .hasMessageContaining("2097153")
          .hasMessageContaining("2097152");
      assertThat(replies.get(1)).isEqualTo(Reply.DONE);
      assertThat(server.command("mg key s")).isEqualTo("HD s" + largest);
    }
  }

  @Test
  void refusesServerWithoutCompareAndSet() {
    try (MemcachedServer server = MemcachedServer.start("-C");
        MemcachedStore store = open(server.host(), server.port())) {
      StoreException failure = failure(store, new Command.Get("a"));
      assertThat(failure.reason()).isEqualTo(Reason.PROTOCOL);
      assertThat(failure).hasMessageContaining(server.address()).hasMessageContaining("-C");
    }
  }

  @Test
  void refusesOldServer() throws IOException {
    try (ServerSocket old = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        MemcachedStore store = open("127.0.0.1", old.getLocalPort())) {
      CompletableFuture<Void> server = CompletableFuture.runAsync(() -> answerAs(old, "1.5.22"));

      StoreException failure = failure(store, new Command.Get("a"));

      assertThat(failure.reason()).isEqualTo(Reason.PROTOCOL);
      assertThat(failure).hasMessageContaining("1.5.22").hasMessageContaining("1.6.18");
      server.join();
    }
  }

  private static void answerAs(ServerSocket server, String version) {
    try {
      Socket socket = server.accept();
      String answer = "VERSION " + version + "\r\nSTAT item_size_max 1048576\r\nEND\r\n";
      socket.getOutputStream().write(answer.getBytes(US_ASCII));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void failsWhatIsUnderWayWhenConnectionBreaks() {
    try (MemcachedServer server = MemcachedServer.start();
        FaultyProxy proxy = FaultyProxy.to(server.socketAddress());
        MemcachedStore store = open(proxy.host(), proxy.port())) {
      assertThat(reply(store, set("a", 1))).isEqualTo(Reply.DONE);
      proxy.cutAfter(200_000);

      StoreException failure = failure(store, set("a", 900_000));

      assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
      assertThat(failure.isOutcomeUnknown()).isTrue();
      awaitDone(store, set("a", 1));
    }
  }

  @Test
  void closeFailsWhatIsUnderWayAndLeavesNoThread() {
    try (MemcachedServer server = MemcachedServer.start()) {
      Set<Thread> before = threads();
      MemcachedStore store = open(server.host(), server.port());
      assertThat(reply(store, set("a", 1))).isEqualTo(Reply.DONE);
      server.suspend();
      List<CompletableFuture<List<Reply>>> underWay =
          IntStream.range(0, 50).mapToObj(i -> store.send(List.of(set("k" + i, 1000)))).toList();

      store.close();

      assertThat(underWay)
          .allSatisfy(
              future -> {
                assertThat(future).isDone();
                StoreException failure = Objects.requireNonNull(future.join().get(0).failure());
                assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
              });
      assertThat(failure(store, new Command.Get("a")).reason()).isEqualTo(Reason.REJECTED);
      assertThat(threads()).isSubsetOf(before);
      server.resume();
    }
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("jcache-memcached"))
        .collect(Collectors.toSet());
  }

  @Test
  void answersInterruptedThreads() {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedStore store = open(server.host(), server.port())) {
      Thread.currentThread().interrupt();
      CompletableFuture<List<Reply>> future = store.send(List.of(set("a", 1)));
      CompletableFuture<List<Reply>> second = store.send(List.of(set("b", 1)));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(future.join()).containsExactly(Reply.DONE);
      assertThat(second.join()).containsExactly(Reply.DONE);
    }
  }

  @Test
  void unwrapsItsClient() {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedStore store = open(server.host(), server.port())) {
      MemcachedClient client = Objects.requireNonNull(store.unwrap(MemcachedClient.class));
      assertThat(reply(store, set("a", 1))).isEqualTo(Reply.DONE);
      assertThat(client.append("a", "x").getStatus().isSuccess()).isTrue();
    }
  }

  private static MemcachedStore open(String host, int port) {
    return open(host, port, LONG_TIMEOUT);
  }

  private static MemcachedStore open(String host, int port, Duration timeout) {
    return open(timeout, new Server(host, port, 1));
  }

  private static MemcachedStore open(Duration timeout, Server... servers) {
    return new MemcachedStore(
        List.of(servers), DefaultOptions.withTimeout(timeout), InstantSource.system());
  }

  private static Command.Set set(String key, int size) {
    return new Command.Set(key, new Item(0, new byte[size], Item.FOREVER));
  }

  private static Reply reply(MemcachedStore store, Command command) {
    return store.send(List.of(command)).join().get(0);
  }

  private static StoreException failure(MemcachedStore store, Command command) {
    return Objects.requireNonNull(reply(store, command).failure());
  }

  private static void awaitDone(MemcachedStore store, Command command) {
    await().until(() -> reply(store, command).equals(Reply.DONE));
  }
}
