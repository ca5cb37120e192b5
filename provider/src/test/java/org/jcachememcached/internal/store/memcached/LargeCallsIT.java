package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that are larger than what may be under way to a server. */
class LargeCallsIT {

  private static final int MEBIBYTE = 1024 * 1024;

  /** Where no call is to time out. */
  private static final Duration LONG_TIMEOUT = Duration.ofSeconds(30);

  private static MemcachedServer server;

  @BeforeAll
  static void startServer() {
    server = MemcachedServer.start("-m", "1024", "-I", "4m");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "150, 921600, 67108864, 8192",
    "60, 921600, 1048576, 8192",
    "600, 100000, 1048576, 8192",
    "40000, 100, 1048576, 8192",
    "30, 900000, 67108864, 1",
  })
  void areCarriedOutWhateverTheirSize(int count, int size, long maxBytes, int maxRequests) {
    try (MemcachedStore store = open(LONG_TIMEOUT, maxRequests, maxBytes)) {
      assertThat(store.send(sets("a", count, size)).join()).hasSize(count).containsOnly(Reply.DONE);
      assertThat(readAll(store, "a", count, size)).isEqualTo(count);
      assertThat(store.send(deletes("a", count)).join()).containsOnly(Reply.DONE);
    }
  }

  @ParameterizedTest
  @CsvSource({"67108864, 8192", "1048576, 8192", "67108864, 2"})
  void ofManyThreadsLoseNothing(long maxBytes, int maxRequests) {
    try (MemcachedStore store = open(LONG_TIMEOUT, maxRequests, maxBytes)) {
      List<CompletableFuture<List<Reply>>> calls =
          IntStream.range(0, 12).mapToObj(i -> store.send(sets("t" + i, 20, 900_000))).toList();

      assertThat(calls).allSatisfy(call -> assertThat(call.join()).containsOnly(Reply.DONE));
      assertThat(store.send(deletes("t0", 20)).join()).containsOnly(Reply.DONE);
    }
  }

  /** A slow call is no sign of a server that hangs, and does not delay other calls. */
  @Test
  void doNotDelayOthers() throws InterruptedException {
    undisturbed(LargeCallsIT::assertThatOthersAreAnswered);
  }

  private static void assertThatOthersAreAnswered() throws InterruptedException {
    try (MemcachedStore store = open(Duration.ofMillis(500), 8192, 64L * MEBIBYTE)) {
      assertThat(store.send(sets("small", 1, 10)).join()).containsOnly(Reply.DONE);
      AtomicBoolean ended = new AtomicBoolean();
      AtomicInteger failed = new AtomicInteger();
      Thread other = new Thread(() -> getUntil(ended, store, failed));
      other.start();
      for (int round = 0; round < 3; round++) {
        assertThat(store.send(sets("b", 400, 150_000)).join()).containsOnly(Reply.DONE);
      }
      ended.set(true);
      other.join();
      assertThat(failed).hasValue(0);
    }
  }

  private static void getUntil(AtomicBoolean ended, MemcachedStore store, AtomicInteger failed) {
    while (!ended.get()) {
      if (store.send(List.of(new Command.Get("small0"))).join().get(0).failure() != null) {
        failed.incrementAndGet();
      }
    }
  }

  @Test
  void costOneTimeoutWhenTheServerHangs() {
    undisturbed(LargeCallsIT::assertThatHangCostsOneTimeout);
  }

  private static void assertThatHangCostsOneTimeout() {
    Duration timeout = Duration.ofMillis(500);
    try (MemcachedServer hung = MemcachedServer.start("-m", "256");
        MemcachedStore store = open(hung, timeout, 8192, 64L * MEBIBYTE)) {
      assertThat(store.send(sets("a", 1, 10)).join()).containsOnly(Reply.DONE);
      OpenConnections.await(store);
      hung.suspend();
      long begun = System.nanoTime();
      List<Reply> replies = store.send(sets("a", 300, 900_000)).join();
      Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
      hung.resume();

      assertThat(elapsed).isLessThan(timeout.multipliedBy(4));
      assertThat(replies).hasSize(300);
      assertThat(replies)
          .extracting(reply -> Objects.requireNonNull(reply.failure()).reason())
          .containsOnly(Reason.TIMEOUT);
      assertThat(replies.get(299).failure())
          .extracting(StoreException::isOutcomeUnknown)
          .isEqualTo(false);
    }
  }

  @Test
  void sayWhichItemIsLargerThanAllThatMayBeUnderWay() {
    try (MemcachedStore store = open(LONG_TIMEOUT, 8192, MEBIBYTE)) {
      List<Command.Set> sets = new ArrayList<>(sets("c", 3, 1000));
      sets.set(1, new Command.Set("c1", new Item(0, new byte[2 * MEBIBYTE], Item.FOREVER)));

      List<Reply> replies = store.send(sets).join();
      Reply alone = store.send(List.of(sets.get(1))).join().get(0);

      assertThat(replies.get(0)).isEqualTo(Reply.DONE);
      assertThat(replies.get(2)).isEqualTo(Reply.DONE);
      assertThat(List.of(replies.get(1), alone))
          .allSatisfy(
              reply -> {
                StoreException failure = Objects.requireNonNull(reply.failure());
                assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE);
                assertThat(failure)
                    .hasMessageContaining("'max.bytes'")
                    .hasMessageContaining("'c1'");
              });
    }
  }

  /** The answer is bounded, and asking again for the rest comes to an end. */
  private static int readAll(MemcachedStore store, String prefix, int count, int size) {
    List<Command.Get> unread = gets(prefix, count);
    int read = 0;
    while (!unread.isEmpty()) {
      List<Reply> replies = store.send(unread).join();
      List<Command.Get> deferred = new ArrayList<>();
      long bytes = 0;
      for (int i = 0; i < replies.size(); i++) {
        Reply reply = replies.get(i);
        if (reply.status() == Reply.Status.DEFERRED) {
          deferred.add(unread.get(i));
        } else {
          assertThat(Objects.requireNonNull(reply.item()).data()).hasSize(size);
          bytes += size > ItemStore.SMALL_ITEM_BYTES ? size : 0;
          read++;
        }
      }
      assertThat(bytes).isLessThanOrEqualTo(ItemStore.ANSWER_BYTES);
      assertThat(deferred).hasSizeLessThan(unread.size());
      unread = deferred;
    }
    return read;
  }

  private static List<Command.Set> sets(String prefix, int count, int size) {
    Item item = new Item(0, new byte[size], Item.FOREVER);
    return IntStream.range(0, count).mapToObj(i -> new Command.Set(prefix + i, item)).toList();
  }

  private static List<Command.Get> gets(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> new Command.Get(prefix + i)).toList();
  }

  private static List<Command.Delete> deletes(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> new Command.Delete(prefix + i)).toList();
  }

  private static MemcachedStore open(Duration timeout, int maxRequests, long maxBytes) {
    return open(server, timeout, maxRequests, maxBytes);
  }

  private static MemcachedStore open(
      MemcachedServer server, Duration timeout, int maxRequests, long maxBytes) {
    NodeOptions options =
        new NodeOptions(
            timeout, 4, Duration.ofSeconds(30), maxRequests, maxBytes, 100_000, null, null);
    return new MemcachedStore(
        List.of(new Server(server.host(), server.port(), 1)), options, InstantSource.system());
  }
}
