package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.testing.ChildJvm;
import org.jcachememcached.testing.Jdk;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers that do the I/O of a store themselves, in all circumstances that are hazardous to it. */
class CallerIoIT {

  /** Which is over on no machine, unless a call is forgotten. */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final Duration SOON = TIMEOUT.dividedBy(3);

  private final MemcachedServer server = MemcachedServer.start();
  private final MemcachedStore store =
      new MemcachedStore(
          List.of(new Server("127.0.0.1", server.port(), 1)),
          DefaultOptions.withTimeout(TIMEOUT),
          InstantSource.system());
  private final KnownItems items = new KnownItems(store);

  @BeforeEach
  void fill() {
    items.fill();
  }

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  @Test
  void interruptsDisturbNoCall() throws InterruptedException {
    AtomicInteger wrong = new AtomicInteger();
    List<Thread> callers =
        start(
            6,
            () -> {
              for (int i = 0; i < 300; i++) {
                wrong.addAndGet(items.wrongAnswersOf(7));
                boolean unused = Thread.interrupted();
              }
            });
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

    join(start(2_000, () -> wrong.addAndGet(items.wrongAnswersOf(10))));

    assertThat(wrong).hasValue(0);
  }

  @Test
  void virtualThreadsAreServed() {
    List<Jdk> jdks = Jdk.all().stream().filter(jdk -> jdk.feature() >= 21).toList();
    assumeFalse(jdks.isEmpty(), "virtual threads need JDK 21: bin/test finds those installed");

    for (Jdk jdk : jdks) {
      String port = Integer.toString(server.port());
      try (ChildJvm jvm = ChildJvm.start(jdk, VirtualCallers.class, port)) {
        assertThat(jvm.awaitEnd()).as("%s", jdk).containsExactly(VirtualCallers.SUCCESS);
      }
    }
  }

  @Test
  void futuresThatNoThreadJoinsAreCompleted() throws Exception {
    for (int i = 0; i < 50; i++) {
      // A call that is awaited before and after has callers do the I/O.
      assertThat(items.wrongAnswersOf(1)).isZero();
      CompletableFuture<List<Reply>> unawaited = new CompletableFuture<>();
      boolean linked =
          store.send(List.of(items.get(i))).thenAccept(unawaited::complete).isCancelled();
      assertThat(linked).isFalse();
      assertThat(unawaited.get(SOON.toSeconds(), TimeUnit.SECONDS)).hasSize(1);
    }
  }

  @Test
  void stagesOfACallAreJoinedAsCallsAre() {
    for (int i = 0; i < 200; i++) {
      int next = i + 1;
      Reply last =
          store
              .send(List.of(items.get(i)))
              .thenCompose(unused -> store.send(List.of(items.get(next))))
              .thenApply(replies -> replies.get(0))
              .join();
      assertThat(items.isRight(last, next)).isTrue();
    }
  }

  @Test
  void severalThreadsJoinOneFuture() throws InterruptedException {
    for (int i = 0; i < 50; i++) {
      CompletableFuture<List<Reply>> shared = store.send(List.of(items.get(i)));
      AtomicInteger right = new AtomicInteger();
      int key = i;
      join(start(4, () -> right.addAndGet(items.isRight(shared.join().get(0), key) ? 1 : 0)));
      assertThat(right).hasValue(4);
    }
  }

  @Test
  void anErrorInTheThreadOfACallerBreaksNoOtherCall() throws InterruptedException {
    AtomicInteger wrong = new AtomicInteger();
    List<Thread> callers = start(4, () -> wrong.addAndGet(items.wrongAnswersOf(2_000)));
    List<Thread> dying = start(2, this::failInDependents);
    join(dying);
    join(callers);

    assertThat(wrong).hasValue(0);
  }

  private void failInDependents() {
    for (int i = 0; i < 200; i++) {
      store
          .send(List.of(items.get(i)))
          .thenAccept(
              replies -> {
                throw new StackOverflowError("on purpose");
              })
          .exceptionally(expected -> null)
          .join();
    }
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
