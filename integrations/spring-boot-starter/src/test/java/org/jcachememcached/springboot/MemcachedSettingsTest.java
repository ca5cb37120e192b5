package org.jcachememcached.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** How settings are read from Spring's environment. */
class MemcachedSettingsTest {

  private final MutablePropertySources sources = new MutablePropertySources();
  private final StandardEnvironment environment =
      new StandardEnvironment() {
        @Override
        protected void customizePropertySources(MutablePropertySources propertySources) {}
      };

  private MemcachedSettings read() {
    sources.forEach(environment.getPropertySources()::addLast);
    return MemcachedSettings.of(environment);
  }

  private void yaml(String text) {
    ByteArrayResource file =
        new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8), "application.yml");
    try {
      for (PropertySource<?> document : new YamlPropertySourceLoader().load("file", file)) {
        sources.addLast(document);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void variables(Map<String, Object> variables) {
    String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
    sources.addFirst(new SystemEnvironmentPropertySource(name, variables));
  }

  private static Map<String, String> ofCache(MemcachedSettings settings, String cache) {
    return Objects.requireNonNull(settings.caches().get(cache)).settings();
  }

  private static Properties properties(String... namesAndValues) {
    Properties properties = new Properties();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
    }
    return properties;
  }

  @Test
  void readsSettingsOfAllCaches() {
    yaml(
        """
        shop: {memcached: 10.0.0.1}
        memcached:
          servers: ["${shop.memcached}:11211", "10.0.0.2:11211"]
          statistics: true
          max.requests: 100
          key.strategy: hash
          compression:
            type: gzip
          uri: memcached:///shop
        """);

    MemcachedSettings settings = read();

    assertThat(settings.ofManager())
        .isEqualTo(
            properties(
                "memcached.servers", "10.0.0.1:11211,10.0.0.2:11211",
                "memcached.statistics", "true",
                "memcached.max.requests", "100",
                "memcached.key.strategy", "hash",
                "memcached.compression.type", "gzip"));
    assertThat(settings.uri()).hasToString("memcached:///shop");
    assertThat(settings.caches()).isEmpty();
  }

  @Test
  void readsOnAsAName() {
    yaml(
        """
        memcached:
          on:
            failure: throw
          caches:
            users:
              on: {failure: degrade}
        """);

    MemcachedSettings settings = read();

    assertThat(settings.ofManager()).isEqualTo(properties("memcached.on.failure", "throw"));
    assertThat(ofCache(settings, "users").get("on.failure")).isEqualTo("degrade");
  }

  @Test
  void readsDeclaredCaches() {
    yaml(
        """
        memcached:
          caches:
            products: {expiry: created 10 minutes, near.cache: true}
            userProfiles:
              on.failure: throw
            prices:
            "[com.acme.Country]": {expiry: eternal}
        """);

    MemcachedSettings settings = read();

    assertThat(settings.caches())
        .containsOnlyKeys("products", "userProfiles", "prices", "com.acme.Country");
    assertThat(ofCache(settings, "products"))
        .isEqualTo(Map.of("expiry", "created 10 minutes", "near.cache", "true"));
    assertThat(ofCache(settings, "userProfiles")).isEqualTo(Map.of("on.failure", "throw"));
    assertThat(ofCache(settings, "prices")).isEmpty();
  }

  @Test
  void readsAListOfCaches() {
    yaml("memcached: {caches: [products, users]}");

    assertThat(read().caches()).containsOnlyKeys("products", "users");
  }

  @Test
  void refusesAnUnknownSettingOfACacheAndSaysWhere() {
    yaml(
        """
        memcached:
          caches:
            users:
              expirry: eternal
        """);

    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "The property memcached.caches.users.expirry (Byte array resource [application.yml] -"
                + " 4:16): Unknown setting \"expirry\" in a MemcachedConfiguration; the nearest known one is expiry");
  }

  @Test
  void refusesAValueInPlaceOfSettings() {
    yaml("memcached: {caches: {users: eternal}}");

    assertThatThrownBy(this::read).hasMessageContaining("is \"eternal\", but must be empty");
  }

  @Test
  void refusesAMalformedUri() {
    yaml("memcached: {uri: 'a b'}");

    assertThatThrownBy(() -> read().uri()).hasMessageContaining("\"a b\", but must be a URI");
  }

  @Test
  void environmentVariablesWinOverFiles() {
    yaml(
        """
        memcached:
          servers: localhost:11211
          caches:
            userProfiles: {expiry: eternal}
        """);
    variables(
        Map.of(
            "MEMCACHED_SERVERS", "10.0.0.1:11211",
            "MEMCACHED_ON_FAILURE", "throw",
            "MEMCACHED_CACHES_USERPROFILES_EXPIRY", "created 1 hour"));

    MemcachedSettings settings = read();

    assertThat(settings.ofManager())
        .isEqualTo(
            properties("memcached.servers", "10.0.0.1:11211", "memcached.on.failure", "throw"));
    assertThat(settings.caches()).containsOnlyKeys("userProfiles");
    assertThat(ofCache(settings, "userProfiles").get("expiry")).isEqualTo("created 1 hour");
  }

  @Test
  void theVariablesOfAServiceInKubernetesAreNoSettings() {
    variables(
        Map.of(
            "MEMCACHED_PORT", "tcp://10.0.0.11:11211",
            "MEMCACHED_PORT_11211_TCP", "tcp://10.0.0.11:11211",
            "MEMCACHED_PORT_11211_TCP_ADDR", "10.0.0.11",
            "MEMCACHED_SERVICE_HOST", "10.0.0.11",
            "MEMCACHED_SERVICE_PORT", "11211",
            "MEMCACHED_CACHES_SERVICE_HOST", "10.0.0.12"));

    MemcachedSettings settings = read();

    assertThat(settings.ofManager()).isEmpty();
    assertThat(settings.caches()).isEmpty();
  }

  @Test
  void aVariableOfAnotherNameTakesThePlaceOfThatOfTheServers() {
    yaml("memcached: {env.prefix: SHOP}");
    variables(Map.of("MEMCACHED_SERVERS", "10.0.0.1:11211"));

    assertThat(read().ofManager()).isEqualTo(properties("memcached.env.prefix", "SHOP"));
  }

  @Test
  void earlierSourcesWin() {
    sources.addLast(new MapPropertySource("arguments", Map.of("memcached.timeout", "2s")));
    yaml("memcached: {timeout: 1s}");

    assertThat(read().ofManager()).isEqualTo(properties("memcached.timeout", "2s"));
  }
}
