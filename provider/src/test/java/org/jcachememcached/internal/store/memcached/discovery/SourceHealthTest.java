package org.jcachememcached.internal.store.memcached.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jcachememcached.internal.config.ServerSource.DnsAddresses;
import org.junit.jupiter.api.Test;

class SourceHealthTest {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private long now;
  private final RecordedLog log = new RecordedLog();
  private final SourceHealth health =
      new SourceHealth(new DnsAddresses("cache.example", 11211), () -> now, log);

  private void fail(String reason) {
    health.asked();
    health.failed(reason, null);
  }

  private void answer(int servers) {
    health.asked();
    health.answered(servers);
  }

  @Test
  void aSourceThatAnswersIsNotLogged() {
    answer(3);
    answer(4);

    assertThat(health.failure()).isNull();
    assertThat(log.lines).isEmpty();
  }

  @Test
  void eachReasonIsLoggedOnceAndTheEndOnce() {
    answer(3);
    fail("names no server");
    fail("names no server");
    now += Duration.ofSeconds(70).toNanos();
    fail("does not exist");
    fail("names no server");
    assertThat(health.failure())
        .isEqualTo("dns:cache.example:11211 (setting 'servers') names no server");
    answer(4);
    answer(4);

    assertThat(health.failure()).isNull();
    assertThat(log.lines)
        .containsExactly(
            "WARN dns:cache.example:11211 (setting 'servers') names no server; servers that stay in"
                + " use: 3",
            "WARN dns:cache.example:11211 (setting 'servers') does not exist; servers that stay in"
                + " use: 3",
            "INFO dns:cache.example:11211 can be asked again, after 70 s; servers: 4");
  }

  @Test
  void aReasonThatComesBackIsLoggedAgain() {
    fail("names no server");
    answer(1);
    fail("names no server");

    assertThat(log.lines)
        .containsExactly(
            "WARN dns:cache.example:11211 (setting 'servers') names no server; it has named no"
                + " server yet",
            "INFO dns:cache.example:11211 can be asked again, after 0 s; servers: 1",
            "WARN dns:cache.example:11211 (setting 'servers') names no server; servers that stay in"
                + " use: 1");
  }

  @Test
  void aSourceThatFailsInAnotherWayEachTimeDoesNotFillTheLog() {
    for (int i = 0; i < 100; i++) {
      fail("answered '" + i + "'");
    }

    assertThat(log.lines).hasSize(10);
    assertThat(health.failure()).endsWith("answered '99'");
  }

  @Test
  void aQuestionWithoutAnAnswerIsAFailure() {
    int number = health.asked();
    health.overdue(number, LIMIT);

    assertThat(health.failure())
        .isEqualTo("dns:cache.example:11211 (setting 'servers') does not answer within 5000 ms");

    health.answered(1);
    assertThat(health.failure()).isNull();
  }

  @Test
  void aQuestionThatHasEndedIsNotOverdue() {
    int number = health.asked();
    health.answered(1);
    health.overdue(number, LIMIT);
    health.asked();
    health.overdue(number, LIMIT);

    assertThat(health.failure()).isNull();
  }
}
