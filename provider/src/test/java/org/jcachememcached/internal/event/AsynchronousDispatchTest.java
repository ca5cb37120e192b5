package org.jcachememcached.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One thread delivers everything in order; which callers wait for it, and how long. */
@Timeout(30)
class AsynchronousDispatchTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  private final CountDownLatch mayGoOn = new CountDownLatch(1);
  private final List<String> delivered = new CopyOnWriteArrayList<>();
  private AsynchronousDispatch dispatch =
      new AsynchronousDispatch("test", LONG, InstantSource.system());

  @AfterEach
  void close() {
    mayGoOn.countDown();
    dispatch.close();
  }

  @Test
  void tellsInOrderAndSurvivesWhateverIsThrown() {
    dispatch.accept(() -> delivered.add("1"), 1, 0);
    dispatch.accept(
        () -> {
          throw new LinkageError("scripted");
        },
        1,
        0);
    dispatch.accept(() -> sneakilyThrow(new Exception("scripted")), 1, 0);
    dispatch.accept(() -> Thread.currentThread().interrupt(), 1, 0);
    dispatch.accept(() -> delivered.add("2"), 1, 0);

    await().untilAsserted(() -> assertThat(delivered).containsExactly("1", "2"));
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> void sneakilyThrow(Exception e) throws E {
    throw (E) e;
  }

  @Test
  void letsCallersWaitForRoomAfterwards() {
    fill(Backlog.MAX_EVENTS, 0);

    CompletableFuture<Void> waiting = CompletableFuture.runAsync(dispatch::awaitRoom);
    assertThat(waiting).isNotDone();
    mayGoOn.countDown();

    assertThat(waiting).succeedsWithin(Duration.ofSeconds(20));
  }

  @Test
  void boundsTheBytesThatWait() {
    fill(20, Backlog.MAX_BYTES / 16);

    CompletableFuture<Void> waiting = CompletableFuture.runAsync(dispatch::awaitRoom);
    assertThat(waiting).isNotDone();
    mayGoOn.countDown();

    assertThat(waiting).succeedsWithin(Duration.ofSeconds(20));
  }

  @Test
  void dropsWhatFindsNoRoomOnceAWaitHasEndedInVain() {
    dispatch = new AsynchronousDispatch("test", Duration.ofMillis(1), InstantSource.system());
    fill(Backlog.MAX_EVENTS, 0);
    dispatch.accept(() -> delivered.add("accepted"), 1, 0);

    dispatch.awaitRoom();
    dispatch.accept(() -> delivered.add("dropped"), 1, 0);
    mayGoOn.countDown();
    await().untilAsserted(() -> assertThat(delivered).containsExactly("accepted"));
    dispatch.accept(() -> delivered.add("later"), 1, 0);

    await().untilAsserted(() -> assertThat(delivered).containsExactly("accepted", "later"));
  }

  @Test
  void acceptsABoundedNumberFromCallersThatCannotWait() {
    fill(4 * Backlog.MAX_EVENTS, 0);

    dispatch.accept(() -> delivered.add("dropped"), 1, 0);
    mayGoOn.countDown();
    dispatch.close();

    assertThat(delivered).isEmpty();
  }

  @Test
  void interruptedCallerGoesOn() {
    fill(Backlog.MAX_EVENTS, 0);
    Thread.currentThread().interrupt();

    dispatch.awaitRoom();

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void neverWaitsForItself() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    dispatch.accept(
        () -> {
          for (int i = 0; i < 300; i++) {
            dispatch.accept(() -> delivered.add("caused"), 1000, 0);
            dispatch.awaitRoom();
          }
          done.complete(null);
        },
        1,
        0);

    assertThat(done).succeedsWithin(Duration.ofSeconds(20));
    await().untilAsserted(() -> assertThat(delivered).hasSize(263));
  }

  @Test
  void endsAllWaitsWhenTheCacheIsAboutToClose() {
    fill(Backlog.MAX_EVENTS, 0);
    CompletableFuture<Void> waiting = CompletableFuture.runAsync(dispatch::awaitRoom);

    dispatch.stopWaiting();

    assertThat(waiting).succeedsWithin(Duration.ofSeconds(20));
  }

  @Test
  void closesFromItsOwnThreadWithoutWaitingForIt() {
    AtomicInteger closedAfter = new AtomicInteger();
    long begun = System.nanoTime();
    CompletableFuture<Void> closed = new CompletableFuture<>();
    dispatch.accept(
        () -> {
          dispatch.accept(() -> delivered.add("never"), 1, 0);
          dispatch.close();
          closedAfter.set((int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
          closed.complete(null);
        },
        1,
        0);

    assertThat(closed).succeedsWithin(Duration.ofSeconds(20));
    assertThat(closedAfter.get()).isLessThan(4);
    dispatch.close();
    assertThat(delivered).isEmpty();
  }

  @Test
  void tellsWhatIsLeftBeforeItIsClosed() {
    for (int i = 0; i < 1000; i++) {
      dispatch.accept(() -> delivered.add("event"), 1, 0);
    }

    dispatch.close();
    dispatch.accept(() -> delivered.add("never"), 1, 0);

    assertThat(delivered).hasSize(1000).containsOnly("event");
  }

  /** Lets so many events wait behind one that takes its time. */
  private void fill(int events, long bytesOfEach) {
    CountDownLatch begun = new CountDownLatch(1);
    dispatch.accept(
        () -> {
          begun.countDown();
          awaitQuietly(mayGoOn);
        },
        1,
        0);
    awaitQuietly(begun);
    for (int left = events; left > 0; left -= 1000) {
      int some = Math.min(left, 1000);
      dispatch.accept(() -> {}, some, some * bytesOfEach);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
