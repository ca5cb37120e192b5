package org.jcachememcached.internal.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.Engine;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultUriTest {

  @Test
  void namesNoServers() {
    assertThat(SettingsReader.defaultUri(Map.of())).hasToString("memcached:///");
    assertThat(SettingsReader.defaultUri(Map.of("MEMCACHED_SERVERS", "h")))
        .hasToString("memcached:///");
  }

  @Test
  void leadsToTheServersOfEnvironment() {
    Map<String, String> environment = Map.of("MEMCACHED_SERVERS", "[::1]:1:2,h");
    URI uri = SettingsReader.defaultUri(environment);

    assertThat(read(uri, environment).get(ConnectionSettings.SERVERS).listed())
        .isEqualTo(List.of(new Server("::1", 1, 2), new Server("h", 11211, 1)));
  }

  @Test
  void leadsToTheServerOfThisMachine() {
    Settings settings = read(SettingsReader.defaultUri(Map.of()), Map.of());

    assertThat(settings.engine()).isEqualTo(Engine.MEMCACHED);
    assertThat(settings.get(ConnectionSettings.SERVERS).listed())
        .containsExactly(new Server("127.0.0.1", 11211, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "memory:orders, memory:orders",
    "' memcached://h/orders ', memcached://h/orders",
    "none:, none:/",
    "' ', memcached:///",
  })
  void isTheOneOfEnvironment(String text, String uri) {
    Map<String, String> environment =
        Map.of("JCACHE_MEMCACHED_URI", text, "MEMCACHED_SERVERS", "h");

    assertThat(SettingsReader.defaultUri(environment)).hasToString(uri);
  }

  @Test
  void refusesTextOfEnvironmentThatIsNoUri() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SettingsReader.defaultUri(Map.of("JCACHE_MEMCACHED_URI", "memcached://a b")))
        .withMessage(
            "The default URI in the environment variable JCACHE_MEMCACHED_URI is \"memcached://a"
                + " b\", but must be a URI: Illegal character in authority");
  }

  private static Settings read(URI uri, Map<String, String> environment) {
    return SettingsReader.read(
        uri, new Properties(), environment, ClassLoader.getPlatformClassLoader());
  }
}
