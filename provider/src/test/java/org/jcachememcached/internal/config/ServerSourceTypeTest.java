package org.jcachememcached.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.jcachememcached.internal.config.Endpoint.TcpPort;
import org.jcachememcached.internal.config.ServerSource.ConfigurationEndpoint;
import org.jcachememcached.internal.config.ServerSource.DnsAddresses;
import org.jcachememcached.internal.config.ServerSource.DnsServices;
import org.jcachememcached.internal.config.ServerSource.Listed;
import org.jcachememcached.internal.config.ServerSource.ServerFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSourceTypeTest {

  private final ServerSourceType type = new ServerSourceType();

  @Test
  void parsesAList() {
    ServerSource source = type.parse("h2:11212:2 h1+unix:/run/m.sock");

    assertThat(source)
        .isInstanceOf(Listed.class)
        .hasToString("h2:11212:2,h1:11211,unix:/run/m.sock");
    assertThat(source.listed()).hasSize(3).startsWith(new Server("h2", 11212, 2));
  }

  @ParameterizedTest
  @CsvSource({
    "dns:cache.example, cache.example, 11211",
    "dns:cache.example:1, cache.example, 1",
    "' dns:memcached.default.svc.cluster.local:65535 ',"
        + " memcached.default.svc.cluster.local, 65535",
  })
  void parsesAddresses(String text, String name, int port) {
    assertThat(type.parse(text))
        .isEqualTo(new DnsAddresses(name, port))
        .hasToString("dns:" + name + ":" + port);
  }

  @Test
  void parsesServices() {
    assertThat(type.parse("dns:_memcached._tcp.cache.example"))
        .isEqualTo(new DnsServices("_memcached._tcp.cache.example"))
        .hasToString("dns:_memcached._tcp.cache.example");
  }

  @ParameterizedTest
  @CsvSource({
    "elasticache:a.cfg.use1.cache.amazonaws.com, a.cfg.use1.cache.amazonaws.com, 11211",
    "elasticache:10.0.0.1:1, 10.0.0.1, 1",
    "elasticache:[2001:db8::7]:1, 2001:db8::7, 1",
  })
  void parsesConfigurationEndpoint(String text, String host, int port) {
    TcpPort endpoint = new TcpPort(host, port);

    assertThat(type.parse(text))
        .isEqualTo(new ConfigurationEndpoint(endpoint))
        .hasToString("elasticache:" + endpoint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/memcached.servers", "/a", "/ä:ö/x=1;#"})
  void parsesFile(String path) {
    assertThat(type.parse("file:" + path))
        .isEqualTo(new ServerFile(path))
        .hasToString("file:" + path);
  }

  @Test
  void onlyAListIsKnownWithoutAsking() {
    assertThat(List.of("dns:h", "dns:_a._tcp.h", "elasticache:h", "file:/a"))
        .allMatch(text -> type.parse(text).listed().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"dns:11211", "dns:1:2", "elasticache:11211", "file:1", "dns:1,h", "h+dns"})
  void takesAHostOfThatNameForAHost(String text) {
    assertThat(type.parse(text).listed())
        .anyMatch(server -> text.contains(server.host()) && server.host().length() > 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "dns:",
        "dns:h:0",
        "dns:h:65536",
        "dns:h:1:1",
        "dns:[::1]:1",
        "dns:_memcached._tcp.h:11211",
        "dns:_",
        "dns:h/x",
        "dns:h,dns:i",
        "dns:h,10.0.0.1",
        "10.0.0.1,dns:h",
        "elasticache:h+i",
        "elasticache:",
        "elasticache:h:0",
        "file:",
        "file:relative",
        "file:/",
        "file:/directory/",
        "file:/a b",
        "file:/a,file:/b",
        "file:/a+h",
        "file:/a\nh",
        "DNS:h:1:2:3",
        "srv:h",
      })
  void refuses(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> type.parse(text));
  }

  @Test
  void aSourceStandsAloneSaysTheSetting() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ConnectionSettings.SERVERS.parse(
                    new SettingValue("dns:cache.example:11211,10.0.0.1", "the test")))
        .withMessageStartingWith(
            "The setting servers in the test is \"dns:cache.example:11211,10.0.0.1\", but must be"
                + " host, host:port or")
        .withMessageEndingWith(
            "; or, alone, dns:name:port, dns:_service._tcp.name, elasticache:host:port or"
                + " file:/path, from which the servers are read again and again");
  }

  @Test
  void aFileHasLinesOfServersAndComments() {
    assertThat(
            ServerFile.servers(
                "# the first two\r\n h1:1, h2:2:3\n\nunix:/a#b.sock #no server\nh1:1\n"))
        .map(Server::toString)
        .containsExactly("h1:1", "h2:2:3", "unix:/a#b.sock", "h1:1");
    assertThat(ServerFile.servers("\n# nothing\n")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"h:0, line 2: 0 is out of range", "a:b:c, line 2: a:b:c is no server"})
  void aFileWithSomethingElseIsRefused(String line, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServerFile.servers("h1\n" + line + "\nh2"))
        .withMessage(message);
  }
}
