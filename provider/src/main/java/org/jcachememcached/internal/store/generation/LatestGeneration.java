package org.jcachememcached.internal.store.generation;

import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What this client knows of the generation of a cache: the answer to the latest question that was
 * answered, in whatever order the answers arrive. Thread-safe.
 */
final class LatestGeneration {

  /**
   * The time of reading the generation.
   *
   * @param order the number of questions so far, including this one
   * @param millis the time, since the epoch
   */
  record Question(long order, long millis) {}

  /**
   * The answer to a question.
   *
   * @param generation the generation of the cache at some time since the question; null if unknown
   */
  record Answer(Question question, @Nullable Generation generation) {}

  private final InstantSource clock;
  private long questions;
  private volatile Answer latest = new Answer(new Question(0, 0), null);

  LatestGeneration(InstantSource clock) {
    this.clock = clock;
  }

  /** To be called before the store is read. */
  synchronized Question ask() {
    return new Question(++questions, clock.millis());
  }

  /**
   * Records the answer, unless a later question is answered already; null if the generation is
   * unknown.
   */
  synchronized void learn(Question question, @Nullable Generation generation) {
    if (question.order() > latest.question().order()) {
      latest = new Answer(question, generation);
    }
  }

  Answer get() {
    return latest;
  }

  /** Whether the question to an answer is younger than the age. */
  boolean isYounger(Answer answer, Duration age) {
    long millis = clock.millis() - answer.question().millis();
    // After a clock was set back the age is unknown.
    return millis >= 0 && millis < age.toMillis();
  }
}
