package org.jcachememcached.internal.store.memcached.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.jcachememcached.internal.config.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceQuestionTest {

  private static List<String> servers(String... records) throws SourceException {
    ServiceQuestion question = new ServiceQuestion(name -> List.of(records), "_memcached._tcp.h");
    return question.ask().stream().map(Server::toString).toList();
  }

  @Test
  void eachRecordIsAServerWithItsWeight() throws SourceException {
    assertThat(servers("10 3 11212 B.example.", "10 0 1 a.example."))
        .containsExactly("a.example:1", "b.example:11212:3");
  }

  @Test
  void onlyTheLowestPriorityCounts() throws SourceException {
    assertThat(servers("20 1 1 spare.", "0 1 1 a.", "65535 1 1 last.", "0 1 1 b."))
        .containsExactly("a:1", "b:1");
  }

  @Test
  void weightsAreSharesAsOfKubernetes() throws SourceException {
    assertThat(servers("0 33 1 a.", "0 33 1 b.", "0 33 1 c.")).containsExactly("a:1", "b:1", "c:1");
    assertThat(servers("0 20 1 a.", "0 30 1 b.")).containsExactly("a:1:2", "b:1:3");
    assertThat(servers("0 0 1 a.", "0 30 1 b.")).containsExactly("a:1", "b:1:30");
  }

  @Test
  void aServiceThatThereIsNotNamesNoServer() {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> servers("0 0 0 ."))
        .withMessage("names no server");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0 0 0 a.",
        "0 0 65536 a.",
        "-1 0 1 a.",
        "65536 0 1 a.",
        "0 x 1 a.",
        "0 1 1",
        "0 1 1 a. b.",
        "0 1 1 a\\032b.",
        "0 1 1 a/b.",
      })
  void garbageIsRefusedAsAWhole(String record) {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> servers("0 1 1 a.", record))
        .withMessage("answered with the SRV record '%s', but must name a port and a host", record);
  }
}
