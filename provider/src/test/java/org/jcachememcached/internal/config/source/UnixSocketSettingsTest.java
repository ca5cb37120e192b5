package org.jcachememcached.internal.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import javax.management.ObjectName;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.ManagerSettings;
import org.jcachememcached.internal.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every source can name servers at Unix sockets. */
class UnixSocketSettingsTest {

  private static final String[] BOTH = {"unix:/run/m.sock:2", "h:11211"};

  @ParameterizedTest
  @ValueSource(
      strings = {
        "memcached://unix:%2Frun%2Fm.sock:2+h/orders",
        "memcached://unix:%2Frun%2Fm.sock:2,h/orders",
        "memcached:orders;servers:unix:/run/m.sock:2+h",
        "memcached:orders?servers=unix:/run/m.sock:2,h",
        "memcached:///orders;servers:unix:/run/m.sock:2+h",
      })
  void uri(String uri) {
    Settings settings = read(uri, Map.of());

    assertThat(settings.get(ConnectionSettings.SERVERS).listed())
        .map(Object::toString)
        .containsExactly(BOTH);
    assertThat(settings.get(ManagerSettings.APPLICATION)).isEqualTo("orders");
  }

  @Test
  void anMBeanCanBeNamedAfterTheUri() throws Exception {
    String uri = "memcached://unix:%2Frun%2Fm.sock:2+h/orders";

    assertThat(new ObjectName("javax.cache:CacheManager=" + uri.replace(':', '.')).isPattern())
        .isFalse();
  }

  @Test
  void environment() {
    Settings settings =
        read("memcached:orders", Map.of("MEMCACHED_SERVERS", "unix:/run/m.sock:2,h"));

    assertThat(settings.get(ConnectionSettings.SERVERS).listed())
        .map(Object::toString)
        .containsExactly(BOTH);
  }

  @Test
  void properties() {
    Settings settings =
        read(
            "memcached://n1/orders",
            Map.of(),
            "memcached.fallback.servers",
            "unix:/run/m.sock:2 h",
            "memcached.cache.users.servers",
            "unix:/run/users.sock");

    assertThat(settings.get(ConnectionSettings.FALLBACK_SERVERS))
        .map(Object::toString)
        .containsExactly(BOTH);
    assertThat(settings.forCache("users").get(ConnectionSettings.SERVERS).listed())
        .map(Object::toString)
        .containsExactly("unix:/run/users.sock");
  }

  @Test
  void file(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("shop.conf"),
            "jcache-memcached { servers = [\"unix:/run/m.sock:2\", h] }");

    Settings settings = read(file.toUri().toString(), Map.of());

    assertThat(settings.get(ConnectionSettings.SERVERS).listed())
        .map(Object::toString)
        .containsExactly(BOTH);
  }

  @Test
  void refusesASocketInBothGroups() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                read(
                    "memcached:x;servers:n+unix:/a.sock;fallback.servers:unix:/a.sock:2", Map.of()))
        .withMessage(
            "The setting fallback.servers names unix:/a.sock:2, but must name no server that the"
                + " setting servers names");
  }

  @ParameterizedTest
  @ValueSource(strings = {"servers", "fallback.servers"})
  void refusesTls(String setting) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> read("memcached:x;tls.enabled:true;" + setting + ":n+unix:/a.sock", Map.of()))
        .withMessage(
            "The setting %s names unix:/a.sock, but must name TCP ports only, because tls.enabled"
                + " is true",
            setting);
  }

  @Test
  void refusesTlsForASingleCache() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                read(
                    "memcached:x;servers:unix:/a.sock",
                    Map.of(),
                    "memcached.cache.users.tls.enabled",
                    "true"))
        .withMessage(
            "The setting servers of the cache \"users\" names unix:/a.sock, but must name TCP ports"
                + " only, because tls.enabled is true");
  }

  private static Settings read(String uri, Map<String, String> environment, String... properties) {
    Properties given = new Properties();
    for (int i = 0; i < properties.length; i += 2) {
      given.setProperty(properties[i], properties[i + 1]);
    }
    return SettingsReader.read(URI.create(uri), given, environment, Source.NO_FILES);
  }
}
