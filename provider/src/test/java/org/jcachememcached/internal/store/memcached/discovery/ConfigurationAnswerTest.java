package org.jcachememcached.internal.store.memcached.discovery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jcachememcached.internal.config.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationAnswerTest {

  private static ConfigurationAnswer read(String answer) throws Exception {
    return ConfigurationAnswer.read(new ByteArrayInputStream(answer.getBytes(ISO_8859_1)));
  }

  private static String answer(String content) {
    return "CONFIG cluster 0 %d\r\n%s\r\nEND\r\n".formatted(content.length(), content);
  }

  @Test
  void ofElastiCache() throws Exception {
    ConfigurationAnswer answer =
        read(
            answer(
                "12\nshop.0002.use1.cache.amazonaws.com|10.82.235.121|11211"
                    + " shop.0001.use1.cache.amazonaws.com|10.82.235.120|11212\n"));

    assertThat(answer.version()).isEqualTo(12);
    assertThat(answer.servers())
        .map(Server::toString)
        .containsExactly(
            "shop.0001.use1.cache.amazonaws.com:11212", "shop.0002.use1.cache.amazonaws.com:11211");
  }

  @Test
  void ofMemorystore() throws Exception {
    ConfigurationAnswer answer =
        read("CONFIG cluster 0 30 \r\n 1 \n10.0.0.5|10.0.0.5|11211\n\n\r\n\r\nEND\r\n");

    assertThat(answer.version()).isEqualTo(1);
    assertThat(answer.servers()).map(Server::toString).containsExactly("10.0.0.5:11211");
  }

  @Test
  void aNodeWithoutANameHasItsAddress() throws Exception {
    assertThat(read(answer("1\n|10.0.0.1|1 |2001:db8::1|2\n")).servers())
        .map(Server::toString)
        .containsExactly("10.0.0.1:1", "[2001:db8::1]:2");
  }

  @Test
  void aNodeThatIsThereTwiceCountsOnce() throws Exception {
    assertThat(read(answer("1\na||1 A||1  b||1 a||1\n")).servers())
        .map(Server::toString)
        .containsExactly("a:1", "b:1");
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR, 'answered ''ERROR'' to ''config get cluster'', so it is no configuration endpoint'",
    "END, 'answered ''END'' to ''config get cluster'', so it is no configuration endpoint'",
    "CLIENT_ERROR unauthenticated,"
        + " 'answered ''CLIENT_ERROR unauthenticated'' to ''config get cluster'''",
    "CONFIG cluster 0 x, 'answered ''CONFIG cluster 0 x'', but must announce 1 to 1048576 bytes'",
    "CONFIG cluster 0 1048577,"
        + " 'answered ''CONFIG cluster 0 1048577'', but must announce 1 to 1048576 bytes'",
    "CONFIG cluster 0, 'answered ''CONFIG cluster 0'', but must announce 1 to 1048576 bytes'",
  })
  void otherAnswers(String line, String message) {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> read(line + "\r\n"))
        .withMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\na||1\n",
        "\na||1\n",
        "1\n||1\n",
        "1\na||0\n",
        "1\na||65536\n",
        "1\na||\n",
        "1\na|1\n",
        "1\na||1|\n",
        "1\na;b||1\n",
        "1\n::::|::|1 b c||1\n",
        "1\nb||1 \u0001\n",
        "1\n",
        "1",
        "99999999999999999999\na||1\n",
      })
  void garbageIsRefusedAsAWhole(String content) {
    assertThatExceptionOfType(SourceException.class).isThrownBy(() -> read(answer(content)));
  }

  @Test
  void aLengthThatIsWrongIsRefused() {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> read("CONFIG cluster 0 3\r\n1\na||1\n\r\nEND\r\n"))
        .withMessage("answered '||1' to 'config get cluster'");
    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> read("CONFIG cluster 0 99\r\n1\na||1\n\r\nEND\r\n"));
  }

  @Test
  void anAnswerThatNeverEndsIsRefused() {
    assertThatExceptionOfType(SourceException.class).isThrownBy(() -> read("x".repeat(2000)));
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> read("CONFIG cluster 0 6\r\n1\na||1" + "\r\n".repeat(1000)));
  }

  @Test
  void largeClusters() throws Exception {
    String nodes =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "shop.%05d.use1.cache.amazonaws.com|10.0.0.1|11211".formatted(i))
            .collect(Collectors.joining(" "));

    assertThat(read(answer("1\n" + nodes + "\n")).servers()).hasSize(10_000);
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> read(answer("1\n" + nodes + " one||1\n")))
        .withMessage("names 10001 servers, more than 10000");
  }
}
