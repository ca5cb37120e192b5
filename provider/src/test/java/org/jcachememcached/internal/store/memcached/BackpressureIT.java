package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That clients keep their memory whatever servers do, and lose no permit over it. */
class BackpressureIT {

  private static final int VALUE_SIZE = 100_000;
  private static final Duration SCAN_TIMEOUT = Duration.ofSeconds(30);

  @ParameterizedTest
  @CsvSource({"10, 67108864, max.requests", "8192, 1048576, max.bytes"})
  void refusesWhatIsTooMuchAtOnceAndTakesItAgainLater(
      int maxRequests, long maxBytes, String setting) {
    NodeOptions options =
        new NodeOptions(
            Duration.ofSeconds(10), 4, SCAN_TIMEOUT, maxRequests, maxBytes, 100_000, null, null);
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedStore store = open(server.port(), options)) {
      assertThat(reply(store, set(0))).isEqualTo(Reply.DONE);
      server.suspend();
      List<CompletableFuture<List<Reply>>> futures =
          IntStream.range(0, 50).mapToObj(i -> store.send(List.of(set(i)))).toList();

      List<StoreException> refused =
          futures.stream()
              .filter(CompletableFuture::isDone)
              .map(future -> Objects.requireNonNull(future.join().get(0).failure()))
              .toList();

      assertThat(refused).hasSize(40);
      assertThat(refused)
          .allSatisfy(
              failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
                assertThat(failure.isOutcomeUnknown()).isFalse();
                assertThat(failure)
                    .hasMessageContaining(server.address())
                    .hasMessageContaining(setting);
              });
      server.resume();
      await()
          .untilAsserted(
              () -> assertThat(futures).allSatisfy(future -> assertThat(future).isDone()));
      for (int round = 0; round < 100; round++) {
        assertThat(reply(store, set(round))).isEqualTo(Reply.DONE);
      }
    }
  }

  /** Every way in which an operation can end gives its permit back: 4 at a time are enough. */
  @Test
  void losesNoPermitWhenServerHangsAndDies() {
    NodeOptions options =
        new NodeOptions(Duration.ofMillis(200), 4, SCAN_TIMEOUT, 4, 1 << 20, 100, null, null);
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedStore store = open(server.port(), options)) {
      for (int round = 0; round < 3; round++) {
        awaitDone(store);
        server.suspend();
        IntStream.range(0, 20).forEach(i -> store.send(List.of(set(i))).isDone());
        assertThat(reply(store, set(1)).status()).isEqualTo(Reply.Status.FAILED);
        server.resume();
        awaitDone(store);
        IntStream.range(0, 20).forEach(i -> store.send(List.of(set(i))).isDone());
        server.kill();
        IntStream.range(0, 20).forEach(i -> store.send(List.of(set(i))).isDone());
        server.restart();
      }
      awaitDone(store);
      await().untilAsserted(() -> assertThat(tookAll(store, 4)).isTrue());
    }
  }

  private static boolean tookAll(MemcachedStore store, int count) {
    List<CompletableFuture<List<Reply>>> futures =
        IntStream.range(0, count).mapToObj(i -> store.send(List.of(set(i)))).toList();
    return futures.stream().allMatch(future -> future.join().get(0).equals(Reply.DONE));
  }

  @Test
  void memoryStaysBoundedWhileServerHangs() throws Exception {
    try (MemcachedServer server = MemcachedServer.start()) {
      Process client = startClient(server.port());
      try {
        assertThat(client.inputReader().readLine()).isEqualTo("begun");
        server.suspend();
        assertThat(client.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(client.exitValue()).as("exit code of a client with 96 MiB").isZero();
        assertThat(client.inputReader().readLine()).startsWith("tried ");
      } finally {
        client.destroyForcibly();
        server.resume();
      }
    }
  }

  private static Process startClient(int port) throws IOException {
    String java =
        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    return new ProcessBuilder(
            java,
            "-Xmx96m",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("java.class.path"),
            BackpressureIT.class.getName(),
            Integer.toString(port))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Puts under full load for some seconds, from several threads that wait for nothing. */
  public static void main(String... args) throws InterruptedException {
    NodeOptions options =
        new NodeOptions(Duration.ofSeconds(2), 4, SCAN_TIMEOUT, 8192, 16 << 20, 10_000, null, null);
    AtomicLong tried = new AtomicLong();
    try (MemcachedStore store = open(Integer.parseInt(args[0]), options)) {
      awaitDone(store);
      System.out.println("begun");
      long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
      List<Thread> threads =
          IntStream.range(0, 4)
              .mapToObj(
                  i ->
                      new Thread(
                          () -> {
                            while (System.nanoTime() < end) {
                              store.send(List.of(set(i))).isDone();
                              tried.incrementAndGet();
                            }
                          }))
              .toList();
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
    }
    System.out.println("tried " + tried);
  }

  private static MemcachedStore open(int port, NodeOptions options) {
    return new MemcachedStore(
        List.of(new Server("127.0.0.1", port, 1)), options, InstantSource.system());
  }

  private static Command.Set set(int i) {
    return new Command.Set("key" + i, new Item(0, new byte[VALUE_SIZE], Item.FOREVER));
  }

  private static Reply reply(MemcachedStore store, Command command) {
    return store.send(List.of(command)).join().get(0);
  }

  private static void awaitDone(MemcachedStore store) {
    await().until(() -> reply(store, set(0)).equals(Reply.DONE));
  }
}
