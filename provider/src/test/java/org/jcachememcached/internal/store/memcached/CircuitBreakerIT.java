package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jcachememcached.testing.Patience.await;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.Reply.Status;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.testing.FaultyProxy;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;

/** What servers cost that hang or are too slow, and that others do not feel it. */
class CircuitBreakerIT {

  private static final Duration TIMEOUT = Duration.ofMillis(500);

  /** What a call costs that does not wait for a server, on any machine. */
  private static final Duration NOTHING = TIMEOUT.dividedBy(5);

  @Test
  void hungServerCostsOneTimeoutAndThenNothing() {
    undisturbed(
        () -> {
          try (MemcachedServer server = MemcachedServer.start();
              MemcachedStore store = open(server)) {
            awaitOpen(store);
            server.suspend();
            List<CompletableFuture<List<Reply>>> underWay =
                IntStream.range(0, 100).mapToObj(i -> store.send(List.of(set("k" + i)))).toList();
            long begun = System.nanoTime();
            assertThat(underWay).allSatisfy(future -> assertTimeout(future.join().get(0)));
            assertThat(since(begun)).isLessThan(TIMEOUT.plusMillis(200));

            assertThat(median(1001, () -> assertTimeout(reply(store, new Command.Get("a")))))
                .isLessThan(Duration.ofMillis(1));

            server.resume();
            awaitDone(store, set("a"));
          }
        });
  }

  @Test
  void serverThatHangsFromTheBeginningCostsOneTimeout() {
    try (MemcachedServer server = MemcachedServer.start()) {
      server.suspend();
      try (MemcachedStore store = open(server)) {
        assertTimeout(reply(store, new Command.Get("a")));
        assertThat(median(100, () -> assertTimeout(reply(store, new Command.Get("a")))))
            .isLessThan(NOTHING);

        server.resume();
        awaitDone(store, set("a"));
      }
    }
  }

  @Test
  void serverStaysDownWhileItHangs() {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedStore store = open(server)) {
      awaitOpen(store);
      server.suspend();
      assertTimeout(reply(store, new Command.Get("a")));

      undisturbed(() -> assertThat(longestCall(store, Duration.ofSeconds(5))).isLessThan(TIMEOUT));
      server.resume();
    }
  }

  private static Duration longestCall(MemcachedStore store, Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    Duration longest = Duration.ZERO;
    while (System.nanoTime() < end) {
      long before = System.nanoTime();
      assertTimeout(reply(store, new Command.Get("a")));
      Duration taken = since(before);
      longest = taken.compareTo(longest) > 0 ? taken : longest;
    }
    return longest;
  }

  @Test
  void scanOfHungServerCostsNothingEither() {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedStore store = open(server)) {
      awaitOpen(store);
      server.suspend();
      assertTimeout(reply(store, new Command.Get("a")));

      assertThat(median(100, () -> assertScanTimeout(server, store))).isLessThan(NOTHING);
      server.resume();
    }
  }

  private static void assertScanTimeout(MemcachedServer server, MemcachedStore store) {
    try (KeyScan scan = store.scan("")) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> scan.nextPage(1))
          .withMessageContaining(server.address())
          .extracting(StoreException::reason)
          .isEqualTo(Reason.TIMEOUT);
    }
  }

  @Test
  void serverThatIsAlwaysTooSlowIsGivenUp() {
    try (MemcachedServer server = MemcachedServer.start();
        FaultyProxy proxy = FaultyProxy.to(server.socketAddress());
        MemcachedStore store = open(new Server(proxy.host(), proxy.port(), 1))) {
      awaitDone(store, set("a"));
      proxy.delay(Duration.ofMillis(700));
      await()
          .until(
              () -> {
                long before = System.nanoTime();
                assertThat(reply(store, new Command.Get("a")).status()).isEqualTo(Status.FAILED);
                return since(before).compareTo(Duration.ofMillis(100)) < 0;
              });

      proxy.delay(Duration.ZERO);
      awaitDone(store, set("a"));
    }
  }

  @Test
  void otherServersAreNotAffected() {
    List<Command.Set> sets = IntStream.range(0, 200).mapToObj(i -> set("k" + i)).toList();
    undisturbed(
        () -> {
          try (MemcachedServer hung = MemcachedServer.start();
              MemcachedServer healthy = MemcachedServer.start();
              MemcachedStore store = open(hung, healthy)) {
            awaitAllDone(store, sets);
            OpenConnections.await(store);
            hung.suspend();
            List<Reply> first = store.send(sets).join();
            assertThat(first).contains(Reply.DONE);

            for (int round = 0; round < 100; round++) {
              long before = System.nanoTime();
              List<Reply> replies = store.send(sets).join();
              assertThat(since(before)).isLessThan(TIMEOUT);
              assertThat(replies).extracting(Reply::status).isEqualTo(statuses(first));
            }
            hung.resume();
            awaitAllDone(store, sets);
          }
        });
  }

  private static void awaitAllDone(MemcachedStore store, List<Command.Set> sets) {
    await().untilAsserted(() -> assertThat(store.send(sets).join()).containsOnly(Reply.DONE));
  }

  private static List<Status> statuses(List<Reply> replies) {
    return replies.stream().map(Reply::status).toList();
  }

  private static void assertTimeout(Reply reply) {
    StoreException failure = Objects.requireNonNull(reply.failure());
    assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(failure).hasMessageContaining("127.0.0.1:").hasMessageContaining("answer");
  }

  private static Duration median(int times, Runnable work) {
    List<Duration> taken = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      long before = System.nanoTime();
      work.run();
      taken.add(since(before));
    }
    Collections.sort(taken);
    return taken.get(times / 2);
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }

  private static MemcachedStore open(MemcachedServer... servers) {
    return open(
        List.of(servers).stream()
            .map(server -> new Server(server.host(), server.port(), 1))
            .toArray(Server[]::new));
  }

  private static MemcachedStore open(Server... servers) {
    return new MemcachedStore(
        List.of(servers), DefaultOptions.withTimeout(TIMEOUT), InstantSource.system());
  }

  private static Command.Set set(String key) {
    return new Command.Set(key, new Item(0, new byte[] {1}, Item.FOREVER));
  }

  private static Reply reply(MemcachedStore store, Command command) {
    return store.send(List.of(command)).join().get(0);
  }

  private static void awaitOpen(MemcachedStore store) {
    awaitDone(store, set("a"));
    OpenConnections.await(store);
  }

  private static void awaitDone(MemcachedStore store, Command command) {
    await().until(() -> reply(store, command).equals(Reply.DONE));
  }
}
