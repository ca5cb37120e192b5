package org.jcachememcached.internal.store.memcached.discovery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.thread.Delays;

/**
 * Asks a source when it is time to, and hands over the servers when they have changed. One thread
 * takes the turns; the other methods may be called by any.
 */
final class SourceWatch {

  private final Question question;
  private final AskingTimes times;
  private final SourceHealth health;
  private final Duration limit;
  private final Consumer<List<Server>> follower;
  private final CompletableFuture<List<Server>> first = new CompletableFuture<>();

  /** The last answer; empty before there is any. */
  private volatile List<Server> known = List.of();

  /** What the follower goes by: the answer for the opening, then what was handed over last. */
  private volatile List<Server> followed = List.of();

  private volatile boolean following;
  private volatile boolean ended;

  /**
   * @param limit how long a question may take before the source counts as one that does not answer
   * @param follower receives other servers than those before
   */
  SourceWatch(
      Question question,
      AskingTimes times,
      SourceHealth health,
      Duration limit,
      Consumer<List<Server>> follower) {
    this.question = question;
    this.times = times;
    this.health = health;
    this.limit = limit;
    this.follower = follower;
  }

  /** Asks if it is time to, and hands over what is new. */
  void turn() {
    if (times.nanosLeft() <= 0) {
      ask();
    }
    handOver();
  }

  private void ask() {
    times.asked();
    int number = health.asked();
    Future<?> overdue = Delays.runAfter(limit.toNanos(), () -> health.overdue(number, limit));
    try {
      known = question.ask();
      times.answered();
      health.answered(known.size());
    } catch (SourceException e) {
      failed(e.reason(), e);
    } catch (Throwable e) {
      failed("cannot be asked: " + e, e);
    } finally {
      overdue.cancel(false);
      first.complete(known);
    }
  }

  private void failed(String reason, Throwable cause) {
    times.failed();
    if (!ended) {
      health.failed(reason, cause);
    }
  }

  // What the follower fails to take is handed over again in the next turn.
  private void handOver() {
    List<Server> servers = known;
    if (following && !ended && !servers.equals(followed)) {
      follower.accept(servers);
      followed = servers;
    }
  }

  /**
   * Waits for the first answer, which the follower then goes by.
   *
   * @return none if there is no answer in time
   */
  List<Server> awaitFirst(Duration timeout) {
    try {
      followed = first.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      // It is handed over when it comes.
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return followed;
  }

  /** From now on changes are handed over. */
  void follow() {
    following = true;
  }

  /** From now on nothing is handed over, and a question that is broken off is no failure. */
  void end() {
    ended = true;
  }
}
