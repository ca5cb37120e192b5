package org.jcachememcached.internal.store.generation;

import static org.assertj.core.api.Assertions.assertThat;

import org.jcachememcached.internal.store.generation.LatestGeneration.Question;
import org.jcachememcached.testing.FakeClock;
import org.junit.jupiter.api.Test;

class LatestGenerationTest {

  private final LatestGeneration latest = new LatestGeneration(new FakeClock());
  private final Generation one = Generation.random();
  private final Generation two = Generation.random();

  @Test
  void nothingIsKnownBeforeTheFirstAnswer() {
    assertThat(latest.get().generation()).isNull();
  }

  @Test
  void theAnswerToAnEarlierQuestionComesTooLate() {
    Question earlier = latest.ask();
    Question later = latest.ask();

    latest.learn(later, two);
    latest.learn(earlier, one);

    assertThat(latest.get().generation()).isEqualTo(two);
  }

  @Test
  void aFailureForgetsWhatWasKnown() {
    latest.learn(latest.ask(), one);
    Question earlier = latest.ask();

    latest.learn(latest.ask(), null);
    latest.learn(earlier, one);

    assertThat(latest.get().generation()).isNull();
  }
}
