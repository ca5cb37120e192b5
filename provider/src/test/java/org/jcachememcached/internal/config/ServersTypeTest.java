package org.jcachememcached.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServersTypeTest {

  private final ServersType type = new ServersType();

  @ParameterizedTest
  @CsvSource({
    "h, h, 11211, 1",
    "h:1, h, 1, 1",
    "h:65535:65535, h, 65535, 65535",
    "cache-1.orders.example, cache-1.orders.example, 11211, 1",
    "with_underscore:1:2, with_underscore, 1, 2",
    "10.0.0.1:11211:64, 10.0.0.1, 11211, 64",
    "[::1], ::1, 11211, 1",
    "[2001:db8::7]:1:2, 2001:db8::7, 1, 2",
    "[::ffff:10.0.0.1]:1, ::ffff:10.0.0.1, 1, 1",
  })
  void parsesServer(String text, String host, int port, int weight) {
    assertThat(type.parse(text)).containsExactly(new Server(host, port, weight));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:1,b:2", "a:1 b:2", " a:1 ,\n\tb:2 ", "a:1,,b:2,", "a:1+b:2"})
  void parsesSeveral(String text) {
    assertThat(type.parse(text)).isEqualTo(List.of(new Server("a", 1, 1), new Server("b", 2, 1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "h:",
        ":1",
        "h:0",
        "h:65536",
        "h:-1",
        "h:x",
        "h:1:0",
        "h:1:",
        "h:1:2:3",
        "h:1:1.5",
        "::1",
        "[::1",
        "[]",
        "[h]",
        "[1:2]",
        "user@h",
        "h/x",
        "h;i",
        "ä",
        "a,b,a",
        "a:11211 a:11211:2",
        "http://h",
      })
  void refuses(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> type.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"h:1", "h:1:2", "[::1]:1", "[::1]:1:2"})
  void serverIsWrittenAsItIsParsed(String text) {
    assertThat(type.parse(text)).extracting(Server::toString).containsExactly(text);
  }

  @Test
  void sameHostWithTwoPortsIsTwoServers() {
    assertThat(type.parse("h:1,h:2")).hasSize(2);
  }
}
