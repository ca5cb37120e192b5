package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers that do the I/O of a store themselves, in all circumstances that are hazardous to it. */
@Timeout(120)
class CallerIoIT {

  private static final int KEYS = 100;

  private final MemcachedServer server = MemcachedServer.start();
  private final MemcachedStore store =
      new MemcachedStore(
          List.of(new Server("127.0.0.1", server.port(), 1)),
          Duration.ofSeconds(5),
          InstantSource.system());

  @BeforeEach
  void fill() {
    List<Command.Set> sets =
        IntStream.range(0, KEYS)
            .mapToObj(i -> new Command.Set("k" + i, new Item(0, value(i), Item.FOREVER)))
            .toList();
    assertThat(store.send(sets).join()).containsOnly(Reply.DONE);
  }

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  @Test
  void interruptsDisturbNoCall() throws InterruptedException {
    AtomicInteger wrong = new AtomicInteger();
    List<Thread> callers = start(6, () -> wrong.addAndGet(wrongAnswersOf(2_000)));
    while (callers.stream().anyMatch(Thread::isAlive)) {
      callers.get(ThreadLocalRandom.current().nextInt(callers.size())).interrupt();
      TimeUnit.MICROSECONDS.sleep(50);
    }
    join(callers);

    assertThat(wrong).hasValue(0);
  }

  @Test
  void thousandsOfThreadsAreServed() throws InterruptedException {
    AtomicInteger wrong = new AtomicInteger();

    join(start(2_000, () -> wrong.addAndGet(wrongAnswersOf(10))));

    assertThat(wrong).hasValue(0);
  }

  @Test
  void futuresThatNoThreadJoinsAreCompleted() throws Exception {
    for (int i = 0; i < 50; i++) {
      // A call that is awaited before and after has callers do the I/O.
      assertThat(isRight(i)).isTrue();
      CompletableFuture<List<Reply>> unawaited = new CompletableFuture<>();
      boolean linked =
          store
              .send(List.of(new Command.Get("k" + i)))
              .thenAccept(unawaited::complete)
              .isCancelled();
      assertThat(linked).isFalse();
      assertThat(unawaited.get(2, TimeUnit.SECONDS)).hasSize(1);
    }
  }

  @Test
  void stagesOfACallAreJoinedAsCallsAre() {
    for (int i = 0; i < 200; i++) {
      int next = i;
      Reply last =
          store
              .send(List.of(new Command.Get("k" + i % KEYS)))
              .thenCompose(unused -> store.send(List.of(new Command.Get("k" + (next + 1) % KEYS))))
              .thenApply(replies -> replies.get(0))
              .join();
      assertThat(Objects.requireNonNull(last.item()).data()).isEqualTo(value((i + 1) % KEYS));
    }
  }

  @Test
  void anErrorInTheThreadOfACallerBreaksNoOtherCall() throws InterruptedException {
    AtomicInteger wrong = new AtomicInteger();
    List<Thread> callers = start(4, () -> wrong.addAndGet(wrongAnswersOf(2_000)));
    List<Thread> dying =
        start(
            2,
            () -> {
              for (int i = 0; i < 200; i++) {
                int key = i % KEYS;
                store
                    .send(List.of(new Command.Get("k" + key)))
                    .thenAccept(
                        replies -> {
                          throw new StackOverflowError("on purpose");
                        })
                    .exceptionally(expected -> null)
                    .join();
              }
            });
    join(dying);
    join(callers);

    assertThat(wrong).hasValue(0);
  }

  private int wrongAnswersOf(int calls) {
    int wrong = 0;
    for (int i = 0; i < calls; i++) {
      wrong += isRight(ThreadLocalRandom.current().nextInt(KEYS)) ? 0 : 1;
      // As an application would: it looks at the flag now and then.
      boolean unused = i % 7 == 0 && Thread.interrupted();
    }
    return wrong;
  }

  private boolean isRight(int i) {
    Reply reply = store.send(List.of(new Command.Get("k" + i))).join().get(0);
    return reply.item() != null && Arrays.equals(reply.item().data(), value(i));
  }

  private static byte[] value(int i) {
    return ("value " + i).getBytes(StandardCharsets.UTF_8);
  }

  private static List<Thread> start(int count, Runnable task) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(task);
      threads.add(thread);
      thread.start();
    }
    return threads;
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
