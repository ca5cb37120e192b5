package org.jcachememcached.internal.store.generation;

import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What this client knows of the generation of a cache: the answer to the question that was asked
 * last, in whatever order the answers come. Thread-safe.
 */
final class LatestGeneration {

  /**
   * When the generation was asked for.
   *
   * @param order how many questions there have been, this one included
   * @param millis the time, since the epoch
   */
  record Question(long order, long millis) {}

  /**
   * What came of a question.
   *
   * @param generation the one the cache was in, at some time since the question; null when that is
   *     not known
   */
  record Answer(Question question, @Nullable Generation generation) {}

  private final InstantSource clock;
  private long questions;
  private volatile Answer latest = new Answer(new Question(0, 0), null);

  LatestGeneration(InstantSource clock) {
    this.clock = clock;
  }

  /** To be called before the store is asked. */
  synchronized Question ask() {
    return new Question(++questions, clock.millis());
  }

  /** The answer, unless that to a later question is there already; null when none is known. */
  synchronized void learn(Question question, @Nullable Generation generation) {
    if (question.order() > latest.question().order()) {
      latest = new Answer(question, generation);
    }
  }

  Answer get() {
    return latest;
  }

  /** Whether the question to an answer is younger than that. */
  boolean isYounger(Answer answer, Duration age) {
    long millis = clock.millis() - answer.question().millis();
    // A clock that was set back says nothing of the age.
    return millis >= 0 && millis < age.toMillis();
  }
}
