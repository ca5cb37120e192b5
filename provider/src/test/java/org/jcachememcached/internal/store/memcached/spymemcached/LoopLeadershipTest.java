package org.jcachememcached.internal.store.memcached.spymemcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoopLeadershipTest {

  private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final ScriptedLoop loop = new ScriptedLoop();
  private final Thread ioThread = new Thread(() -> loop.leadership().runInIoThread());

  private volatile boolean unableToLead;

  @BeforeEach
  void create() {
    loop.leadership = new LoopLeadership(loop, ioThread, thread -> unableToLead);
  }

  @AfterEach
  void end() throws InterruptedException {
    loop.running = false;
    loop.wakeUp();
    ioThread.join();
  }

  @Test
  void callerLeadsUntilItsAnswerIsThere() {
    CompletableFuture<String> answer = loop.answerInNextTurn();

    loop.leadership().await(answer, LONG_NANOS);

    assertThat(answer).isCompleted();
    assertThat(loop.leaders).containsOnly(Thread.currentThread());
  }

  @Test
  void interruptedCallerWaitsAndStaysInterrupted() {
    CompletableFuture<String> answer = loop.answerInNextTurn();
    Thread.currentThread().interrupt();

    loop.leadership().await(answer, LONG_NANOS);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(answer).isCompleted();
    assertThat(loop.turnsInInterruptedThreads).isZero();
  }

  @Test
  void nextCallerLeadsWhenTheLeaderHasItsAnswer() throws InterruptedException {
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<String> second = new CompletableFuture<>();
    Thread leader = start(first);
    loop.awaitTurnOf(leader);
    Thread follower = start(second);
    loop.events.add(() -> first.complete("first"));
    leader.join();
    loop.awaitTurnOf(follower);
    loop.events.add(() -> second.complete("second"));
    follower.join();

    assertThat(second).isCompletedWithValue("second");
  }

  @Test
  void leaderCompletesTheAnswersOfOthers() throws InterruptedException {
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<String> second = new CompletableFuture<>();
    Thread leader = start(first);
    loop.awaitTurnOf(leader);
    Thread follower = start(second);
    loop.events.add(
        () -> {
          second.complete("second");
          loop.leadership().answered(follower);
        });
    follower.join();
    loop.events.add(() -> first.complete("first"));
    leader.join();

    assertThat(loop.leaders).containsOnly(leader);
  }

  @Test
  void answerFromAnotherThreadEndsTheWaitOfTheLeader() throws InterruptedException {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread leader = start(answer);
    loop.awaitTurnOf(leader);

    answer.complete("timed out");
    loop.leadership().answered(leader);
    leader.join();

    assertThat(loop.leaders).containsOnly(leader);
  }

  @Test
  void waitEndsWithoutAnAnswer() {
    CompletableFuture<String> never = new CompletableFuture<>();

    loop.leadership().await(never, 1);

    assertThat(never).isNotDone();
  }

  @Test
  void ioThreadLeadsForACrowd() throws InterruptedException {
    ioThread.start();
    CompletableFuture<String> answer = new CompletableFuture<>();
    List<Thread> crowd = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      crowd.add(start(answer));
    }
    loop.awaitTurnOf(ioThread);
    answer.complete("all");
    crowd.forEach(loop.leadership()::answered);
    for (Thread one : crowd) {
      one.join();
    }

    assertThat(loop.leaders).contains(ioThread);
  }

  @Test
  void ioThreadServesWhatNoThreadAwaits() {
    ioThread.start();
    CompletableFuture<String> answer = loop.answerInNextTurn();

    loop.leadership().attend();

    assertThat(answer.join()).isEqualTo("answer");
    assertThat(loop.leaders).containsOnly(ioThread);
  }

  @Test
  void threadThatIsUnableToLeadNeverDoes() throws InterruptedException {
    unableToLead = true;
    ioThread.start();
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread waiter = start(answer);
    loop.awaitTurnOf(ioThread);
    answer.complete("answer");
    loop.leadership().answered(waiter);
    waiter.join();

    assertThat(loop.leaders).containsOnly(ioThread);
  }

  private Thread start(CompletableFuture<?> answer) {
    Thread thread = new Thread(() -> loop.leadership().await(answer, LONG_NANOS));
    thread.start();
    return thread;
  }

  /** Each turn waits for an event and runs it. Thread-safe. */
  private static final class ScriptedLoop implements LoopLeadership.Loop {

    final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    final Set<Thread> leaders = ConcurrentHashMap.newKeySet();
    volatile int turnsInInterruptedThreads;
    volatile boolean running = true;
    @Nullable LoopLeadership leadership;

    LoopLeadership leadership() {
      return Objects.requireNonNull(leadership);
    }

    CompletableFuture<String> answerInNextTurn() {
      CompletableFuture<String> answer = new CompletableFuture<>();
      events.add(() -> answer.complete("answer"));
      return answer;
    }

    void awaitTurnOf(Thread thread) {
      while (!leaders.contains(thread)) {
        Thread.onSpinWait();
      }
    }

    @Override
    public void turn() {
      leaders.add(Thread.currentThread());
      try {
        Runnable event = events.poll(1, TimeUnit.SECONDS);
        if (event != null) {
          event.run();
        }
      } catch (InterruptedException e) {
        turnsInInterruptedThreads = 1;
      }
    }

    @Override
    public void wakeUp() {
      events.add(() -> {});
    }

    @Override
    public boolean isRunning() {
      return running;
    }
  }
}
