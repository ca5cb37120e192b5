package org.jcachememcached.internal.store.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.testing.FaultyProxy;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;

/** That the kernel does not deliver what was written on a connection that is closed since. */
class AbandonedConnectionIT {

  private static final Duration TIMEOUT = Duration.ofMillis(100);

  /** Until what was replayed is removed once more, which would cover the late value. */
  private static final Duration UNTIL_REPEATED = TIMEOUT.multipliedBy(2).plusSeconds(2);

  private static final Duration UNTIL_DELIVERED = Duration.ofSeconds(1);
  private static final String KEY = "key";
  private static final String NEW = "new";

  /** More than the buffers of the network take, so that the end lies in this machine's kernel. */
  private static final String OLD = "old".repeat(100_000);

  private static final String LEFT_BY_CLOSE = "x".repeat(900_000);

  @Test
  void putOfConnectionThatWasGivenUpDoesNotArriveAfterNewerOne() {
    try (MemcachedServer server = MemcachedServer.start();
        FaultyProxy proxy = FaultyProxy.to(server.socketAddress());
        MemcachedStore store = open(proxy)) {
      awaitStored(store, "first");
      proxy.hold();
      assertThat(put(store, OLD).status()).isEqualTo(Reply.Status.FAILED);
      store.invalidate(KEY, List.of(KEY));
      awaitStored(store, NEW);
      letPass(UNTIL_REPEATED);
      awaitStored(store, NEW);

      proxy.release();
      letPass(UNTIL_DELIVERED);

      assertThat(server.command("mg " + KEY + " s")).isEqualTo("HD s" + NEW.length());
    }
  }

  @Test
  void putThatWasUnderWayWhenTheStoreClosedDoesNotArriveAfterNewerOne() {
    try (MemcachedServer server = MemcachedServer.start();
        FaultyProxy proxy = FaultyProxy.to(server.socketAddress())) {
      try (MemcachedStore store = open(proxy)) {
        awaitStored(store, "first");
        proxy.hold();
        store.send(List.of(set(LEFT_BY_CLOSE))).isDone();
        awaitWritten();
      }
      try (MemcachedStore store = open(proxy)) {
        awaitStored(store, NEW);

        proxy.release();
        letPass(UNTIL_DELIVERED);

        assertThat(server.command("mg " + KEY + " s")).isEqualTo("HD s" + NEW.length());
      }
    }
  }

  /** Shorter than the timeout, so that the connection is in use when its store closes. */
  private static void awaitWritten() {
    letPass(TIMEOUT.dividedBy(2));
  }

  private static void letPass(Duration duration) {
    await().pollDelay(duration).until(() -> true);
  }

  private static void awaitStored(MemcachedStore store, String value) {
    await().untilAsserted(() -> assertThat(put(store, value)).isEqualTo(Reply.DONE));
  }

  private static Reply put(MemcachedStore store, String value) {
    return store.send(List.of(set(value))).join().get(0);
  }

  private static Command set(String value) {
    return new Command.Set(KEY, new Item(0, value.getBytes(UTF_8), Item.FOREVER));
  }

  private static MemcachedStore open(FaultyProxy proxy) {
    List<Server> servers = List.of(new Server(proxy.host(), proxy.port(), 1));
    return new MemcachedStore(servers, DefaultOptions.withTimeout(TIMEOUT), InstantSource.system());
  }
}
