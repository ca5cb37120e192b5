package org.jcachememcached.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.jcachememcached.internal.config.Endpoint.UnixSocket;
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
  @CsvSource({
    "unix:/run/memcached.sock, /run/memcached.sock, 1",
    "unix:/run/memcached.sock:3, /run/memcached.sock, 3",
    "unix:/a, /a, 1",
    "unix:/~app/%2F;=*?[x]\"'.sock:65535, /~app/%2F;=*?[x]\"'.sock, 65535",
  })
  void parsesUnixSocket(String text, String path, int weight) {
    assertThat(type.parse(text)).containsExactly(new Server(new UnixSocket(path), weight));
  }

  @Test
  void parsesBothKindsTogether() {
    assertThat(type.parse("unix:/a.sock:2+h:1 unix:/A.sock"))
        .containsExactly(
            new Server(new UnixSocket("/a.sock"), 2),
            new Server("h", 1, 1),
            new Server(new UnixSocket("/A.sock"), 1));
  }

  @Test
  void takesAHostOfThatNameForAHost() {
    assertThat(type.parse("unix:11211")).containsExactly(new Server("unix", 11211, 1));
  }

  @Test
  void refusesAPathThatIsTooLongForTheSystem() {
    String longest = "unix:/" + "x".repeat(106);

    assertThat(type.parse(longest)).hasSize(1);
    assertThatIllegalArgumentException().isThrownBy(() -> type.parse(longest + "x"));
    assertThat(type.allowed()).contains("paths absolute, of at most 107 characters");
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
        "unix:",
        "unix:/",
        "unix:run/memcached.sock",
        "unix:./memcached.sock",
        "unix://",
        "unix:/a:",
        "unix:/a:0",
        "unix:/a:b",
        "unix:/a:1:2",
        "unix:/ä",
        "unix:/a,unix:/a:2",
        "a:1,A:1",
        "UNIX:/a",
        "/run/memcached.sock",
      })
  void refuses(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> type.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"h:1", "h:1:2", "[::1]:1", "[::1]:1:2", "unix:/a", "unix:/a:2"})
  void serverIsWrittenAsItIsParsed(String text) {
    assertThat(type.parse(text)).extracting(Server::toString).containsExactly(text);
  }

  @Test
  void sameHostWithTwoPortsIsTwoServers() {
    assertThat(type.parse("h:1,h:2")).hasSize(2);
  }
}
