package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.thread.UptimeClock;
import org.junit.jupiter.api.Test;

class InFlightTest {

  private static final Duration TIMEOUT = Duration.ofMillis(10);
  private static final Duration TICK = Duration.ofMillis(5);

  private final AtomicLong nanoTime = new AtomicLong(System.nanoTime());
  private final UptimeClock uptime = new UptimeClock(nanoTime::get, TIMEOUT.dividedBy(2));
  private final InFlight inFlight = new InFlight(TIMEOUT, uptime);
  private final Connection connection =
      new ServerNode(
              new Server("127.0.0.1", 1, 1),
              DefaultOptions.withTimeout(TIMEOUT),
              inFlight,
              InstantSource.system())
          .connectionOf("key");
  private final List<CompletableFuture<List<Reply>>> gets = new ArrayList<>();

  /** For each time that answers were to be read: how many gets had no end then. */
  private final List<Long> undoneAtRead = new ArrayList<>();

  @Test
  void endsOperationAtTheTickAfterItsTimeout() {
    CompletableFuture<List<Reply>> get = get();

    tick(TICK);
    assertThat(get).isNotDone();
    tick(TICK);

    assertTimedOut(get);
  }

  /** The shortest timeout on a machine that is busy: a tick is late every time, and by much. */
  @Test
  void endsOperationThoughEveryTickIsLate() {
    CompletableFuture<List<Reply>> get = get();

    tick(TICK.multipliedBy(4));
    tick(TICK.multipliedBy(4));

    assertTimedOut(get);
  }

  @Test
  void doesNotCountTheTimeInWhichTheJvmStoodStill() {
    CompletableFuture<List<Reply>> before = get();
    tick(TICK.dividedBy(2));
    nanoTime.addAndGet(Duration.ofSeconds(4).toNanos());
    CompletableFuture<List<Reply>> after = get();
    connection.watchdog().heard();

    tick(Duration.ofSeconds(4));
    assertThat(before).isNotDone();

    tick(TICK);
    assertTimedOut(before);
    assertThat(after).isNotDone();

    tick(TICK);
    assertTimedOut(after);
  }

  @Test
  void readsBeforeItJudges() {
    CompletableFuture<List<Reply>> get = get();
    tick(TICK);
    assertThat(undoneAtRead).isEmpty();

    tick(TICK);

    assertThat(undoneAtRead).containsExactly(1L);
    assertTimedOut(get);
  }

  @Test
  void endsTheOthersThoughOneCannotBeEnded() {
    List<CompletableFuture<List<Reply>>> all = List.of(get(), get(), get());
    all.forEach(
        get ->
            get.whenComplete(
                    (unused, never) -> {
                      throw new StackOverflowError("in a dependent");
                    })
                .isDone());

    tick(TICK);
    tick(TICK);

    assertThat(all).allSatisfy(InFlightTest::assertTimedOut);
  }

  private CompletableFuture<List<Reply>> get() {
    PendingReplies call = inFlight.newCall(1, new ParkingLoop());
    connection.send(new Command.Get("key"), call);
    gets.add(call.future());
    return call.future();
  }

  private void tick(Duration sinceLast) {
    nanoTime.addAndGet(sinceLast.toNanos());
    uptime.tick();
    inFlight.expireOverdue(
        () -> undoneAtRead.add(gets.stream().filter(get -> !get.isDone()).count()));
  }

  private static void assertTimedOut(CompletableFuture<List<Reply>> get) {
    assertThat(get).isDone();
    StoreException failure = Objects.requireNonNull(get.join().get(0).failure());
    assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
  }
}
