package org.jcachememcached.internal.store.memcached.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.config.ServerSource.DnsServices;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SourceWatchTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final List<Server> ONE = List.of(new Server("a", 1, 1));
  private static final List<Server> TWO = List.of(new Server("a", 1, 1), new Server("b", 1, 1));

  private long now;
  private Question question = () -> ONE;
  private final List<List<Server>> received = new ArrayList<>();
  private @Nullable RuntimeException refusal;
  private int asked;

  private final SourceHealth health =
      new SourceHealth(new DnsServices("_a._tcp.b"), () -> now, new RecordedLog());
  private final SourceWatch watch =
      new SourceWatch(
          this::ask,
          new AskingTimes(Duration.ofSeconds(30), () -> now, () -> 0.5),
          health,
          MINUTE,
          this::receive);

  private List<Server> ask() throws SourceException {
    asked++;
    return question.ask();
  }

  private void receive(List<Server> servers) {
    if (refusal != null) {
      throw refusal;
    }
    received.add(servers);
  }

  private void turnAfter(Duration time) {
    now += time.toNanos();
    watch.turn();
  }

  @Test
  void theFirstAnswerIsReturnedAndNotHandedOver() {
    watch.turn();
    assertThat(watch.awaitFirst(MINUTE)).isEqualTo(ONE);
    watch.follow();
    turnAfter(MINUTE);

    assertThat(received).isEmpty();
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void aTurnBeforeTheTimeAsksNothing() {
    watch.turn();
    turnAfter(Duration.ofSeconds(29));
    assertThat(asked).isEqualTo(1);

    turnAfter(Duration.ofSeconds(1));
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void changesAreHandedOverOnceFollowed() {
    watch.turn();
    watch.awaitFirst(MINUTE);
    question = () -> TWO;
    turnAfter(MINUTE);
    assertThat(received).isEmpty();

    watch.follow();
    watch.turn();
    turnAfter(MINUTE);
    assertThat(received).containsExactly(TWO);

    question = () -> ONE;
    turnAfter(MINUTE);
    assertThat(received).containsExactly(TWO, ONE);
  }

  @Test
  void anAnswerThatComesLateIsHandedOver() {
    assertThat(watch.awaitFirst(Duration.ZERO)).isEmpty();
    watch.turn();
    watch.follow();
    watch.turn();

    assertThat(received).containsExactly(ONE);
  }

  @Test
  void theLastServersStayWhenTheSourceFails() {
    watch.turn();
    assertThat(watch.awaitFirst(MINUTE)).isEqualTo(ONE);
    watch.follow();

    question =
        () -> {
          throw new SourceException("names no server");
        };
    turnAfter(MINUTE);
    assertThat(health.failure()).endsWith("names no server");

    question =
        () -> {
          throw new StackOverflowError("test");
        };
    turnAfter(MINUTE);
    assertThat(health.failure()).endsWith("cannot be asked: java.lang.StackOverflowError: test");

    assertThat(received).isEmpty();
    question = () -> TWO;
    turnAfter(MINUTE);
    assertThat(health.failure()).isNull();
    assertThat(received).containsExactly(TWO);
  }

  @Test
  void aFirstQuestionThatFailsIsAnsweredWithNothing() {
    question =
        () -> {
          throw new SourceException("names no server");
        };
    watch.turn();

    assertThat(watch.awaitFirst(MINUTE)).isEmpty();
    watch.follow();
    question = () -> ONE;
    turnAfter(Duration.ofSeconds(1));
    assertThat(received).containsExactly(ONE);
  }

  @Test
  void whatTheFollowerRefusesIsHandedOverAgain() {
    watch.turn();
    watch.awaitFirst(MINUTE);
    watch.follow();
    question = () -> TWO;
    refusal = new IllegalStateException("no place for it");
    assertThatIllegalStateException().isThrownBy(() -> turnAfter(MINUTE));

    refusal = null;
    turnAfter(Duration.ofSeconds(1));

    assertThat(received).containsExactly(TWO);
  }
}
