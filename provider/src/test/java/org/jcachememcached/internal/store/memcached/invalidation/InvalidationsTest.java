package org.jcachememcached.internal.store.memcached.invalidation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When keys are removed, without a server: the test answers in its place. */
class InvalidationsTest {

  private static final Duration REPEAT_AFTER = Duration.ofSeconds(3);
  private static final Reply FAILURE =
      Reply.failed(StoreException.withoutEffect(Reason.UNREACHABLE, "lost", null));

  private final FakeRemover remover = new FakeRemover();
  private final PendingInvalidations pending = new PendingInvalidations(3000, 1);
  private final Invalidations invalidations =
      new Invalidations(pending.part(0), REPEAT_AFTER, remover);

  @Test
  void keepsKeysUntilThereIsConnection() {
    add("a:1", "a:2");
    assertThat(remover.requests).isEmpty();

    CompletableFuture<Boolean> replay = invalidations.replay();

    assertThat(remover.keys()).containsExactly("a:1", "a:2");
    assertThat(replay).isNotDone();
    remover.answerAll(Reply.DONE);
    assertThat(replay).isCompletedWithValue(true);
    assertThat(invalidations.isEmpty()).isTrue();
    assertThat(invalidations.replayed()).isEqualTo(2);
  }

  @Test
  void replaysNothingWhereNothingIs() {
    assertThat(invalidations.replay()).isCompletedWithValue(true);
    assertThat(remover.requests).isEmpty();
  }

  @Test
  void sendsAtOnceWhileServerIsAsked() {
    connect();

    add("a:1");

    assertThat(remover.keys()).containsExactly("a:1");
    assertThat(invalidations.pending()).isEqualTo(1);
    remover.answerAll(Reply.ABSENT);
    assertThat(invalidations.pending()).isZero();
  }

  @Test
  void sendsAgainWhatIsAddedAgainMeanwhile() {
    connect();
    add("a:1");
    add("a:1");

    assertThat(remover.keys()).containsExactly("a:1", "a:1");
  }

  @Test
  void replayThatFailsIsDoneAgain() {
    add("a:1", "a:2");
    CompletableFuture<Boolean> first = invalidations.replay();
    remover.requests.remove().answer(Reply.DONE, FAILURE);
    assertThat(first).isCompletedWithValue(false);

    invalidations.keep();
    CompletableFuture<Boolean> second = invalidations.replay();
    assertThat(remover.keys()).contains("a:2");
    remover.answerAll(Reply.DONE);

    assertThat(second).isCompletedWithValue(true);
  }

  @Test
  void replaysWhatWasUnderWayWhenConnectionBroke() {
    connect();
    add("a:1");
    remover.answerAll(FAILURE);
    invalidations.keep();

    CompletableFuture<Boolean> replay = invalidations.replay();

    assertThat(remover.keys()).containsExactly("a:1");
    remover.answerAll(Reply.DONE);
    assertThat(replay).isCompletedWithValue(true);
  }

  @Test
  void endsReplayOfConnectionThatIsLost() {
    add("a:1");
    CompletableFuture<Boolean> replay = invalidations.replay();

    invalidations.keep();

    assertThat(replay).isCompletedWithValue(false);
  }

  @Test
  void replaysThousandsOfKeysInPieces() {
    String[] keys = IntStream.range(0, 2500).mapToObj(i -> "a:" + i).toArray(String[]::new);
    add(keys);
    CompletableFuture<Boolean> replay = invalidations.replay();

    assertThat(remover.requests).extracting(request -> request.keys.size()).contains(1000, 500);
    assertThat(remover.keys()).containsExactly(keys);
    remover.answerAll(Reply.DONE);
    assertThat(replay).isCompletedWithValue(true);
  }

  @Test
  void queuesWhatIsAddedDuringReplayAheadOfEverythingElse() {
    add("a:1");
    CompletableFuture<Boolean> replay = invalidations.replay();
    add("a:2");
    assertThat(remover.keys()).containsExactly("a:1");
    List<String> removedFirst = new ArrayList<>();
    replay.thenRun(() -> removedFirst.addAll(remover.keys())).isDone();

    remover.requests.remove().answer(Reply.DONE);

    assertThat(removedFirst).containsExactly("a:2");
  }

  @Test
  void removesReplayedKeysOnceMore() {
    connect();
    invalidations.keep();
    add("a:1");
    connect();
    remover.answerAll(Reply.DONE);

    invalidations.tick(System.nanoTime());
    assertThat(remover.requests).isEmpty();
    invalidations.tick(System.nanoTime() + REPEAT_AFTER.toNanos());
    assertThat(remover.keys()).containsExactly("a:1");
    remover.answerAll(Reply.DONE);

    invalidations.tick(System.nanoTime() + 2 * REPEAT_AFTER.toNanos());
    assertThat(remover.requests).isEmpty();
    assertThat(invalidations.replayed()).isEqualTo(1);
  }

  @Test
  void doesNotRepeatWhatWasReplayedOnTheFirstConnection() {
    add("a:1");
    connect();
    remover.answerAll(Reply.DONE);

    invalidations.tick(System.nanoTime() + REPEAT_AFTER.toNanos());

    assertThat(remover.requests).isEmpty();
  }

  @Test
  void replaysAgainWhatCouldNotBeRepeated() {
    connect();
    invalidations.keep();
    add("a:1");
    connect();
    remover.answerAll(Reply.DONE);
    invalidations.keep();

    connect();

    assertThat(remover.keys()).containsExactly("a:1");
  }

  @Test
  void triesAgainWhatServerRefused() {
    connect();
    add("a:1");
    remover.answerAll(FAILURE);
    assertThat(remover.requests).isEmpty();

    invalidations.tick(System.nanoTime());

    assertThat(remover.keys()).containsExactly("a:1");
  }

  @Test
  void sendsAllAtOnceSoThatNothingOvertakesThem() {
    connect();
    IntStream.range(0, 10_000).forEach(i -> add("a:" + i));

    assertThat(remover.keys()).hasSize(10_000);
  }

  @Test
  void sendsMoreKeysThanItKeeps() {
    connect();

    invalidations.add("a:", IntStream.range(0, 7000).mapToObj(i -> "a:" + i).toList());

    assertThat(remover.keys()).hasSize(7000);
    assertThat(pending.overflows()).isZero();
  }

  @Test
  void sweepsBelowPrefixesWhenThereWereTooManyKeys() {
    IntStream.range(0, 3001).forEach(i -> add("a:" + i));
    add("b:1");
    CompletableFuture<Boolean> replay = invalidations.replay();
    remover.answerAll(Reply.DONE);

    assertThat(remover.sweptPrefixes).containsExactly("a:");
    assertThat(replay).isNotDone();
    assertThat(invalidations.isSweeping()).isTrue();
    remover.endSweep(true);

    assertThat(replay).isCompletedWithValue(true);
    assertThat(pending.overflows()).isEqualTo(1);
    invalidations.tick(System.nanoTime() + REPEAT_AFTER.toNanos());
    assertThat(remover.sweptPrefixes).containsExactly("a:", "a:");
  }

  @Test
  void staysDownWhenSweepFails() {
    IntStream.range(0, 3001).forEach(i -> add("a:" + i));
    CompletableFuture<Boolean> first = invalidations.replay();
    remover.endSweep(false);
    assertThat(first).isCompletedWithValue(false);
    invalidations.keep();

    CompletableFuture<Boolean> second = invalidations.replay();
    remover.endSweep(true);

    assertThat(second).isCompletedWithValue(true);
  }

  @Test
  void staysDownWhenThereIsNoThreadForSweep() {
    IntStream.range(0, 3001).forEach(i -> add("a:" + i));
    remover.threadsAreExhausted = true;
    CompletableFuture<Boolean> first = invalidations.replay();
    remover.answerAll(Reply.DONE);

    assertThat(first).isCompletedWithValue(false);
    assertThat(invalidations.isSweeping()).isFalse();
    invalidations.keep();

    remover.threadsAreExhausted = false;
    CompletableFuture<Boolean> second = invalidations.replay();
    remover.endSweep(true);

    assertThat(second).isCompletedWithValue(true);
  }

  private void connect() {
    CompletableFuture<Boolean> unwatched = invalidations.replay();
    assertThat(unwatched).isNotNull();
  }

  private void add(String... keys) {
    for (String key : keys) {
      invalidations.add(key.substring(0, 2), List.of(key));
    }
  }

  /** Remembers what it is asked to remove, and answers when the test says so. */
  private static final class FakeRemover implements Remover {

    private record Request(List<String> keys, CompletableFuture<List<Reply>> future) {
      void answer(Reply... replies) {
        future.complete(List.of(replies));
      }
    }

    private final ArrayDeque<Request> requests = new ArrayDeque<>();
    private boolean threadsAreExhausted;
    private final List<String> sweptPrefixes = new ArrayList<>();
    private @Nullable Consumer<Boolean> sweepEnded;

    @Override
    public CompletableFuture<List<Reply>> remove(List<String> keys) {
      Request request = new Request(keys, new CompletableFuture<>());
      requests.add(request);
      return request.future();
    }

    @Override
    public Sweep sweep(List<String> prefixes) {
      sweptPrefixes.addAll(prefixes);
      return new Sweep() {
        @Override
        public void start(Consumer<Boolean> whenEnded) {
          if (threadsAreExhausted) {
            throw new OutOfMemoryError("scripted: unable to create native thread");
          }
          sweepEnded = whenEnded;
        }

        @Override
        public void stop() {}
      };
    }

    List<String> keys() {
      return requests.stream().flatMap(request -> request.keys().stream()).toList();
    }

    void answerAll(Reply reply) {
      List<Request> open = List.copyOf(requests);
      requests.clear();
      open.forEach(
          request -> request.future().complete(request.keys().stream().map(key -> reply).toList()));
    }

    void endSweep(boolean done) {
      Consumer<Boolean> ended = Objects.requireNonNull(sweepEnded);
      sweepEnded = null;
      ended.accept(done);
    }
  }
}
