package org.jcachememcached.internal.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.management.ObjectName;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.Endpoint.TcpPort;
import org.jcachememcached.internal.config.ManagerSettings;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every source of settings can say where the servers come from. */
class ServerSourceSettingsTest {

  private static final List<String> SOURCES =
      List.of(
          "dns:cache.example:11211",
          "dns:_memcached._tcp.cache.example",
          "elasticache:shop.cfg.example:11211",
          "file:/etc/shop.servers");

  @ParameterizedTest
  @CsvSource({
    "memcached://dns:cache.example/orders, dns:cache.example:11211",
    "memcached://dns:cache.example:1/orders, dns:cache.example:1",
    "memcached://dns:_memcached._tcp.cache.example/orders, dns:_memcached._tcp.cache.example",
    "memcached://elasticache:cfg.example:11211/orders, elasticache:cfg.example:11211",
    "memcached://file:%2Fetc%2Fshop.servers/orders, file:/etc/shop.servers",
    "memcached:orders;servers:dns:cache.example:1, dns:cache.example:1",
    "memcached:orders?servers=dns:_memcached._tcp.h, dns:_memcached._tcp.h",
    "memcached:orders;servers:elasticache:cfg.example, elasticache:cfg.example:11211",
    "memcached:orders;servers:file:/etc/shop.servers, file:/etc/shop.servers",
  })
  void uri(String uri, String source) throws Exception {
    Settings settings = read(uri, Map.of());

    assertThat(settings.get(ConnectionSettings.SERVERS)).hasToString(source);
    assertThat(settings.get(ManagerSettings.APPLICATION)).isEqualTo("orders");
  }

  @Test
  void anMBeanCanBeNamedAfterTheUri() throws Exception {
    String uri = "memcached://dns:_memcached._tcp.cache.example/orders;topology.refresh:5s";

    assertThat(new ObjectName("javax.cache:CacheManager=" + uri.replace(':', '.')).isPattern())
        .isFalse();
  }

  @Test
  void environment() {
    for (String source : SOURCES) {
      Settings settings = read("memcached:orders", Map.of("MEMCACHED_SERVERS", source));

      assertThat(settings.get(ConnectionSettings.SERVERS)).hasToString(source);
    }
  }

  @Test
  void properties() {
    for (String source : SOURCES) {
      Settings settings =
          read("memcached://n1/x", Map.of(), "memcached.cache.users.servers", source);

      assertThat(settings.get(ConnectionSettings.SERVERS)).hasToString("n1:11211");
      assertThat(settings.forCache("users").get(ConnectionSettings.SERVERS)).hasToString(source);
    }
  }

  @Test
  void fileWithAllSettingsOfTheTopology(@TempDir Path directory) throws IOException {
    for (String source : SOURCES) {
      Path file =
          Files.writeString(
              directory.resolve("shop.conf"),
              """
              jcache-memcached {
                servers = "%s"
                topology { refresh = 5s, dns = "10.0.0.10" }
                topology.warmup = 1 hour
              }
              """
                  .formatted(source));

      Settings settings = read(file.toUri().toString(), Map.of());

      assertThat(settings.get(ConnectionSettings.SERVERS)).hasToString(source);
      assertThat(settings.get(ConnectionSettings.TOPOLOGY_REFRESH)).hasSeconds(5);
      assertThat(settings.get(ConnectionSettings.TOPOLOGY_WARMUP)).isEqualTo(Duration.ofHours(1));
      assertThat(settings.get(ConnectionSettings.TOPOLOGY_DNS))
          .contains(new TcpPort("10.0.0.10", 53));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory:x", "none:/"})
  void otherEnginesHaveNoSource(String uri) {
    Settings settings = read(uri, Map.of("MEMCACHED_SERVERS", "dns:cache.example"));

    assertThat(settings.get(ConnectionSettings.SERVERS).listed()).isEmpty();
  }

  @Test
  void cachesCanMoveToServersThatASourceNames() {
    Settings.Connection connection =
        read("memcached://dns:cache.example/x;fallback.servers:old", Map.of()).connection();

    assertThat(connection.isMoving()).isTrue();
    assertThat(connection.withoutFallback().get(ConnectionSettings.SERVERS))
        .hasToString("dns:cache.example:11211");
    assertThat(connection.ofFallback().get(ConnectionSettings.SERVERS).listed())
        .containsExactly(new Server("old", 11211, 1));
  }

  private static Settings read(String uri, Map<String, String> environment, String... properties) {
    Properties given = new Properties();
    for (int i = 0; i < properties.length; i += 2) {
      given.setProperty(properties[i], properties[i + 1]);
    }
    return SettingsReader.read(URI.create(uri), given, environment, Source.NO_FILES);
  }
}
