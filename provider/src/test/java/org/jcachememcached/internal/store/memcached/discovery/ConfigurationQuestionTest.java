package org.jcachememcached.internal.store.memcached.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jcachememcached.internal.config.Endpoint.TcpPort;
import org.jcachememcached.internal.config.Server;
import org.junit.jupiter.api.Test;

class ConfigurationQuestionTest {

  private static final Server ENDPOINT = new Server("cfg", 11211, 1);
  private static final Server A = new Server("a", 11211, 1);
  private static final Server B = new Server("b", 11211, 1);

  private final Map<Server, ConfigurationAnswer> answers = new HashMap<>();
  private final List<Server> asked = new ArrayList<>();
  private final ConfigurationQuestion question =
      new ConfigurationQuestion(new TcpPort("cfg", 11211), this::ask);

  private ConfigurationAnswer ask(Server server) throws SourceException {
    asked.add(server);
    ConfigurationAnswer answer = answers.get(server);
    if (answer == null) {
      throw new SourceException(server + " is silent");
    }
    return answer;
  }

  private static ConfigurationAnswer version(int version, Server... servers) {
    return new ConfigurationAnswer(version, List.of(servers));
  }

  @Test
  void asksTheEndpointAlone() throws SourceException {
    answers.put(ENDPOINT, version(1, A, B));

    assertThat(question.ask()).containsExactly(A, B);
    assertThat(question.ask()).containsExactly(A, B);
    assertThat(asked).containsExactly(ENDPOINT, ENDPOINT);
  }

  @Test
  void asksNodesWhenTheEndpointIsSilent() throws SourceException {
    answers.put(ENDPOINT, version(1, A, B));
    question.ask();
    answers.clear();
    answers.put(B, version(2, B));

    assertThat(question.ask()).containsExactly(B);
  }

  @Test
  void reportsTheEndpointWhenAllAreSilent() throws SourceException {
    Server[] nodes =
        IntStream.range(0, 100).mapToObj(i -> new Server("n" + i, 1, 1)).toArray(Server[]::new);
    answers.put(ENDPOINT, version(1, nodes));
    question.ask();
    answers.clear();
    asked.clear();

    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(question::ask)
        .withMessage("cfg:11211 is silent");
    assertThat(asked).hasSize(4).startsWith(ENDPOINT).doesNotHaveDuplicates();
  }

  @Test
  void aLowerVersionIsNotTaken() throws SourceException {
    answers.put(ENDPOINT, version(12, A, B));
    question.ask();
    answers.put(ENDPOINT, version(3, A));
    answers.put(A, version(4, A));

    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(question::ask)
        .withMessage("answered with version 3 of the nodes, after version 12");

    answers.put(B, version(12, B));
    assertThat(question.ask()).containsExactly(B);
  }

  @Test
  void afterItsEndItAsksTheEndpointAtMost() throws SourceException {
    answers.put(ENDPOINT, version(1, A, B));
    question.ask();
    answers.clear();
    asked.clear();
    question.abandon();

    assertThatExceptionOfType(SourceException.class).isThrownBy(question::ask);
    assertThat(asked).containsExactly(ENDPOINT);
  }
}
