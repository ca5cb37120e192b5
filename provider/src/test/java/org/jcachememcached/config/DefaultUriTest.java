package org.jcachememcached.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultUriTest {

  @Test
  void isTheServerOfThisMachine() {
    assertThat(Settings.defaultUri(Map.of())).hasToString("memcached://127.0.0.1:11211");
  }

  @ParameterizedTest
  @CsvSource({
    "'10.0.0.1:11211:64,10.0.0.2:11211:64', 'memcached://10.0.0.1:11211:64,10.0.0.2:11211:64'",
    "' h1  h2:1 ,h3\n', 'memcached://h1:11211,h2:1,h3:11211'",
    "'[::1]:1:2 [fe80::1]', 'memcached://%5B::1%5D:1:2,%5Bfe80::1%5D:11211'",
    "' ', 'memcached://127.0.0.1:11211'",
  })
  void hasServersOfEnvironment(String servers, String uri) {
    assertThat(Settings.defaultUri(Map.of("MEMCACHED_SERVERS", servers))).hasToString(uri);
  }

  @Test
  void leadsBackToTheServersOfEnvironment() {
    URI uri = Settings.defaultUri(Map.of("MEMCACHED_SERVERS", "[::1]:1:2,h"));

    assertThat(Settings.read(uri, new Properties(), Map.of()).get(ConnectionSettings.SERVERS))
        .isEqualTo(List.of(new Server("::1", 1, 2), new Server("h", 11211, 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "memory:orders, memory:orders",
    "' memcached://h/orders ', memcached://h/orders",
    "none:, none:/",
    "' ', memcached://h:11211",
  })
  void isTheOneOfEnvironment(String text, String uri) {
    Map<String, String> environment =
        Map.of("JCACHE_MEMCACHED_URI", text, "MEMCACHED_SERVERS", "h");

    assertThat(Settings.defaultUri(environment)).hasToString(uri);
  }

  @Test
  void refusesTextOfEnvironmentThatIsNoUri() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.defaultUri(Map.of("JCACHE_MEMCACHED_URI", "memcached://a b")))
        .withMessage(
            "The default URI in the environment variable JCACHE_MEMCACHED_URI is \"memcached://a"
                + " b\", but must be a URI: Illegal character in authority");
  }

  @Test
  void refusesServersOfEnvironmentThatAreNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.defaultUri(Map.of("MEMCACHED_SERVERS", "h:")))
        .withMessageStartingWith(
            "The setting servers in the environment variable MEMCACHED_SERVERS is \"h:\", but must"
                + " be host, host:port or host:port:weight");
  }
}
