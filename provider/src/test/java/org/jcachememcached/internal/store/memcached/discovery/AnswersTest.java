package org.jcachememcached.internal.store.memcached.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jcachememcached.internal.config.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {

  private static final Server A = new Server("a", 1, 1);
  private static final Server B = new Server("b", 1, 2);

  @Test
  void aServerCountsOnceHoweverItIsWritten() throws SourceException {
    List<Server> answer = List.of(B, A, new Server("B", 1, 1), A);

    assertThat(Answers.distinct(answer)).containsExactly(B, A);
  }

  @Test
  void theOrderDependsOnTheServersAlone() throws SourceException {
    List<Server> answer = List.of(B, A, new Server("b", 1, 9));

    assertThat(Answers.sorted(answer)).containsExactly(A, B);
    assertThat(Answers.sorted(List.of(answer.get(2), A, B))).containsExactly(A, B);
  }

  @Test
  void noServerIsNoAnswer() {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> Answers.sorted(List.of()))
        .withMessage("names no server");
  }

  @Test
  void anAnswerThatIsTooLargeIsRefused() throws SourceException {
    assertThat(Answers.distinct(servers(10_000))).hasSize(10_000);
    assertThat(Answers.distinct(Collections.nCopies(20_000, A))).hasSize(1);
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> Answers.distinct(servers(10_001)))
        .withMessage("names 10001 servers, more than 10000");
  }

  private static List<Server> servers(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(port -> new Server("h", port, 1)).toList();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "65535, 65535", "65536, 0", "0, 0", "-1, 0", "'', 0", "1a, 0", "٣, 0"})
  void ports(String text, int port) {
    assertThat(Answers.port(text)).isEqualTo(port);
    assertThat(Answers.port("9".repeat(100))).isZero();
  }

  @ParameterizedTest
  @CsvSource({"a.b-c_d, true", "10.0.0.1, true", ".a, false", "'a b', false", "a\\032b, false"})
  void hosts(String text, boolean host) {
    assertThat(Answers.isHost(text)).isEqualTo(host);
    assertThat(Answers.isHost("a".repeat(254))).isFalse();
  }
}
