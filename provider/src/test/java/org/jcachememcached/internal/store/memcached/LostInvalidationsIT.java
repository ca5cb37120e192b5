package org.jcachememcached.internal.store.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.Reply.Status;
import org.jcachememcached.testing.FaultyProxy;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That a server which comes back does not serve what was to be removed meanwhile. */
class LostInvalidationsIT {

  /** Of servers that hang. */
  private static final Duration TIMEOUT = Duration.ofMillis(300);

  /** Of servers that answer, or refuse connections. */
  private static final Duration LONG_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration UNTIL_REPEATED = TIMEOUT.multipliedBy(2).plusSeconds(2);
  private static final String OLD = "old";
  private static final String NEW = "new";

  @Test
  void removesAtOnceWhileServerAnswers() {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedStore store = open(server.port(), 1000)) {
      List<String> keys = keys(5000);
      set(store, keys, OLD);

      store.invalidate("a:", keys);

      assertThat(statuses(get(store, keys))).containsOnlyKeys(Status.ABSENT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20_000})
  void serverThatWasCutOffServesNothingOld(int count) {
    try (MemcachedServer server = MemcachedServer.start("-m", "256");
        FaultyProxy proxy = FaultyProxy.to(server.socketAddress());
        MemcachedStore store = open(proxy.port(), 100_000)) {
      List<String> keys = keys(count);
      set(store, keys, OLD);
      set(store, List.of("other"), OLD);
      proxy.refuse();
      awaitDown(store);

      store.invalidate("a:", keys);
      assertThat(server.command("mg " + keys.get(0) + " v")).startsWith("VA");
      proxy.admit();

      assertThat(statuses(firstAnswers(store, keys))).containsOnlyKeys(Status.ABSENT);
      assertThat(statuses(get(store, List.of("other")))).containsOnlyKeys(Status.FOUND);
    }
  }

  @Test
  void moreKeysThanAreRememberedTakeTheirPrefixWithThem() {
    try (MemcachedServer server = MemcachedServer.start();
        FaultyProxy proxy = FaultyProxy.to(server.socketAddress());
        MemcachedStore store = open(proxy.port(), 1000)) {
      List<String> keys = keys(3000);
      set(store, keys, OLD);
      set(store, List.of("b:1", "b:2"), OLD);
      proxy.refuse();
      awaitDown(store);

      store.invalidate("b:", List.of("b:2"));
      store.invalidate("a:", keys.subList(0, 1001));
      proxy.admit();

      assertThat(statuses(firstAnswers(store, keys))).containsOnlyKeys(Status.ABSENT);
      assertThat(Integer.parseInt(server.stats().get("curr_items"))).isZero();
    }
  }

  @Test
  void serverWhoseKeysCannotBeListedStaysDownAfterTooMany() {
    try (MemcachedServer server = MemcachedServer.start("-X");
        FaultyProxy proxy = FaultyProxy.to(server.socketAddress());
        MemcachedStore store = open(proxy.port(), 10)) {
      List<String> keys = keys(20);
      set(store, keys, OLD);
      proxy.refuse();
      awaitDown(store);
      store.invalidate("a:", keys);
      proxy.admit();

      await()
          .during(Duration.ofSeconds(4))
          .until(() -> get(store, keys).stream().allMatch(LostInvalidationsIT::isFailure));
    }
  }

  @Test
  void restartedServerIsUsedAgain() {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedStore store = open(server.port(), 1000)) {
      List<String> keys = keys(100);
      set(store, keys, OLD);
      server.kill();
      awaitDown(store);
      store.invalidate("a:", keys);

      server.restart();

      assertThat(statuses(firstAnswers(store, keys))).containsOnlyKeys(Status.ABSENT);
      await()
          .untilAsserted(
              () -> {
                set(store, keys, NEW);
                assertThat(statuses(get(store, keys))).containsOnlyKeys(Status.FOUND);
              });
    }
  }

  /**
   * Writes in the buffers of a hung server are executed when it continues: in another of its
   * threads than the replay, and perhaps later.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void hungServerServesNothingThatWasInItsBuffers(int round) {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedStore store = open(server.port(), 100_000, TIMEOUT)) {
      List<String> keys = keys(2000);
      await().untilAsserted(() -> set(store, keys, OLD));
      server.suspend();
      List<CompletableFuture<List<Reply>>> writes =
          keys.stream().map(key -> store.send(List.of(command(key, "lost" + round)))).toList();
      assertThat(writes).allSatisfy(write -> assertThat(isFailure(write.join().get(0))).isTrue());
      store.invalidate("a:", keys);
      await().pollDelay(Duration.ofSeconds(3)).until(() -> true);

      server.resume();

      assertThat(statuses(firstAnswers(store, keys))).containsOnlyKeys(Status.ABSENT);
      await().pollDelay(UNTIL_REPEATED).until(() -> true);
      assertThat(statuses(firstAnswers(store, keys))).containsOnlyKeys(Status.ABSENT);
    }
  }

  @Test
  void removesOnceMoreWhatHungServerStoresLate() {
    // What is stored still later, nothing removes.
    undisturbed(LostInvalidationsIT::assertThatLateValueIsRemoved);
  }

  private static void assertThatLateValueIsRemoved() {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedStore store = open(server.port(), 1000, TIMEOUT)) {
      await().untilAsserted(() -> set(store, List.of("a:1"), OLD));
      server.suspend();
      await().until(() -> isFailure(get(store, List.of("a:1")).get(0)));
      store.invalidate("a:", List.of("a:1"));
      server.resume();
      assertThat(statuses(firstAnswers(store, List.of("a:1")))).containsOnlyKeys(Status.ABSENT);

      server.command("set a:1 0 0 4\r\nlate");

      await()
          .atMost(UNTIL_REPEATED.plusSeconds(5))
          .until(() -> server.command("mg a:1 v").equals("EN"));
    }
  }

  @Test
  void storeThatIsOpenedAfterAnotherWasClosedServesNothingOld() {
    try (MemcachedServer server = MemcachedServer.start();
        FaultyProxy proxy = FaultyProxy.to(server.socketAddress())) {
      List<String> keys = keys(2000);
      try (MemcachedStore store = open(proxy.port(), 100_000)) {
        set(store, keys, OLD);
        proxy.refuse();
        awaitDown(store);
        store.invalidate("a:", keys);
      }
      assertThat(server.command("mg " + keys.get(0) + " v")).startsWith("VA");
      proxy.admit();

      try (MemcachedStore store = open(proxy.port(), 100_000)) {
        assertThat(statuses(firstAnswers(store, keys))).containsOnlyKeys(Status.ABSENT);
      }
    }
  }

  @Test
  void storeThatIsClosedRemovesFirstWhatItCan() {
    try (MemcachedServer server = MemcachedServer.start()) {
      List<String> keys = keys(500);
      try (MemcachedStore store = open(server.port(), 100_000)) {
        set(store, keys, OLD);
        store.invalidate("a:", keys);
      }

      assertThat(server.stats()).containsEntry("curr_items", "0");
    }
  }

  /** What the server says to the first that is asked after it was down. */
  private static List<Reply> firstAnswers(MemcachedStore store, List<String> keys) {
    return await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> get(store, keys), replies -> replies.stream().noneMatch(r -> isFailure(r)));
  }

  private static Map<Status, Long> statuses(List<Reply> replies) {
    return replies.stream().collect(groupingBy(Reply::status, counting()));
  }

  private static void awaitDown(MemcachedStore store) {
    await().until(() -> isFailure(get(store, List.of("other")).get(0)));
  }

  private static boolean isFailure(Reply reply) {
    return reply.status() == Status.FAILED;
  }

  private static List<String> keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> "a:" + i).toList();
  }

  private static void set(MemcachedStore store, List<String> keys, String value) {
    List<Command> sets = keys.stream().map(key -> command(key, value)).toList();
    assertThat(Objects.requireNonNull(store.send(sets).join())).containsOnly(Reply.DONE);
  }

  private static List<Reply> get(MemcachedStore store, List<String> keys) {
    return store.send(keys.stream().map(Command.Get::new).toList()).join();
  }

  private static Command command(String key, String value) {
    byte[] data = value.getBytes(UTF_8);
    return new Command.Set(key, new Item(0, data, Item.FOREVER));
  }

  private static MemcachedStore open(int port, int maxInvalidations) {
    return open(port, maxInvalidations, LONG_TIMEOUT);
  }

  private static MemcachedStore open(int port, int maxInvalidations, Duration timeout) {
    NodeOptions defaults = DefaultOptions.withTimeout(timeout);
    NodeOptions options =
        new NodeOptions(
            timeout,
            defaults.connections(),
            defaults.scanTimeout(),
            defaults.maxRequests(),
            defaults.maxBytes(),
            maxInvalidations,
            null,
            null);
    return new MemcachedStore(
        List.of(new Server("127.0.0.1", port, 1)), options, InstantSource.system());
  }
}
