package org.jcachememcached.internal.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jcachememcached.api.FailurePolicy;
import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.Engine;
import org.jcachememcached.internal.config.FallbackWrites;
import org.jcachememcached.internal.config.ManagerSettings;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.config.Settings.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  private static final String DURATION_FORMS =
      "written like 500ms, 30s, 5m, 12h, 7d, 250 ms, 30 seconds, 5 minutes, 1 hour, 2 days or"
          + " PT0.5S";

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "MEMCACHED_SERVERS", "10.0.0.1:11211:64,10.0.0.2:11211:64",
          "ORDERS_MEMCACHED_SERVERS", "orders1 orders2:11212",
          "BLANK_MEMCACHED_SERVERS", " ",
          "WRONG_MEMCACHED_SERVERS", "a:b");

  private static final ClassLoader NO_FILES = ClassLoader.getPlatformClassLoader();

  // What the sources say

  // Moving to other servers

  @Test
  void oldServersByUri() {
    Settings settings =
        read("memcached://n1,n2/orders?fallback.servers=o1:1,o2&fallback.writes=both");

    assertThat(settings.connection().get(ConnectionSettings.FALLBACK_SERVERS))
        .containsExactly(new Server("o1", 1, 1), new Server("o2", 11211, 1));
    assertThat(settings.connection().get(ConnectionSettings.FALLBACK_WRITES))
        .isEqualTo(FallbackWrites.BOTH);
  }

  @Test
  void oldServersByProperty() {
    Settings settings =
        read(
            "memcached://n1/orders?fallback.servers=o1",
            properties("memcached.fallback.servers", "", "memcached.fallback.writes", "both"));

    assertThat(settings.get(ConnectionSettings.FALLBACK_SERVERS)).isEmpty();
    assertThat(settings.get(ConnectionSettings.FALLBACK_WRITES)).isEqualTo(FallbackWrites.BOTH);
  }

  @Test
  void refusesServerInBothGroups() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("memcached://n1,o1:11211:2/orders?fallback.servers=O1"))
        .withMessage(
            "The setting fallback.servers names O1:11211, but must name no server that the setting"
                + " servers names");
  }

  @Test
  void aCacheThatStaysOnTheOldServersDoesNotMove() {
    Settings settings =
        read(
            "memcached://n1/orders;fallback.servers:o1",
            properties("memcached.cache.users.servers", "o1:11211"));

    assertThat(settings.forCache("users").get(ConnectionSettings.FALLBACK_SERVERS)).isEmpty();
    assertThat(settings.forCache("other").get(ConnectionSettings.FALLBACK_SERVERS)).hasSize(1);
  }

  // Which source wins

  static Stream<Arguments> serversOfTheLastSource() {
    return Stream.of(
        arguments("memcached:/", properties(), "10.0.0.1:11211:64 10.0.0.2:11211:64"),
        arguments("memcached:orders", properties(), "10.0.0.1:11211:64 10.0.0.2:11211:64"),
        arguments("memcached://h/orders", properties(), "h:11211"),
        arguments("memcached://h", properties("memcached.servers", "property:1"), "property:1"),
        arguments(
            "memcached:orders?env.prefix=ORDERS", properties(), "orders1:11211 orders2:11212"),
        arguments("memcached://h?env.prefix=ORDERS", properties(), "h:11211"),
        arguments("memcached:/?env.prefix=UNSET", properties(), "127.0.0.1:11211"),
        arguments("memcached:/?env.prefix=BLANK", properties(), "127.0.0.1:11211"),
        arguments(
            "memcached://h",
            properties("memcached.env.prefix", "ORDERS"),
            "orders1:11211 orders2:11212"),
        arguments("memcached://h", properties("memcached.env.prefix", "UNSET"), "127.0.0.1:11211"),
        arguments("memcached://h", properties("memcached.env.prefix", ""), "h:11211"),
        arguments(
            "memcached:/?env.prefix=WRONG",
            properties("memcached.env.prefix", "ORDERS", "memcached.servers", "property"),
            "property:11211"));
  }

  @ParameterizedTest
  @MethodSource
  void serversOfTheLastSource(String uri, Properties properties, String servers) {
    Settings settings = SettingsReader.read(URI.create(uri), properties, ENVIRONMENT, NO_FILES);

    assertThat(settings.get(ConnectionSettings.SERVERS).listed())
        .extracting(Server::toString)
        .containsExactly(servers.split(" "));
  }

  @Test
  void propertyOverrulesUri() {
    Properties properties =
        properties("memcached.timeout", "2s", "memcached.application", "property");

    Settings settings = read("memcached://h/uri?timeout=3s&page.size=9", properties);

    assertThat(settings.get(ConnectionSettings.TIMEOUT)).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.get(ManagerSettings.APPLICATION)).isEqualTo("property");
    assertThat(settings.get(CacheSettings.PAGE_SIZE)).isEqualTo(9);
  }

  @Test
  void propertiesOfOthersAreIgnored() {
    Properties properties =
        properties("timeout", "soon", "hibernate.cache.uri", "x", "memcachedtimeout", "never");
    properties.put(42, "no string is a key");

    assertThat(read("memcached:/", properties)).isEqualTo(read("memcached:/"));
    assertThat(read("memcached:/", properties).remarks())
        .containsExactly(
            "The property timeout is not read; the setting is the property memcached.timeout");
  }

  @Test
  void variablesOfOthersAreIgnored() {
    Map<String, String> environment = Map.of("MEMCACHED_SERVER", "h", "MEMCACHED_PORT", "1");
    Settings settings =
        SettingsReader.read(URI.create("memcached:/"), new Properties(), environment, NO_FILES);

    assertThat(settings).isEqualTo(read("memcached:/"));
    assertThat(settings.remarks())
        .containsExactly(
            "The environment variable MEMCACHED_SERVER is not read; the nearest that is, is"
                + " MEMCACHED_SERVERS");
    assertThat(read("memcached:/").remarks()).isEmpty();
  }

  @Test
  void propertiesMayHaveDefaultsAndValuesThatAreNoStrings() {
    Properties properties = new Properties(properties("memcached.timeout", "2s"));
    properties.put("memcached.page.size", 20);
    properties.put("memcached.queue.wait", Duration.ofSeconds(3));

    Settings settings = read("memcached:/", properties);

    assertThat(settings.get(ConnectionSettings.TIMEOUT)).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.get(CacheSettings.PAGE_SIZE)).isEqualTo(20);
    assertThat(settings.get(CacheSettings.QUEUE_WAIT)).isEqualTo(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory:orders", "none:/"})
  void enginesWithoutServersHaveNone(String uri) {
    Properties properties = properties("memcached.servers", "h", "memcached.env.prefix", "WRONG");

    assertThat(
            SettingsReader.read(URI.create(uri), properties, ENVIRONMENT, NO_FILES)
                .get(ConnectionSettings.SERVERS)
                .listed())
        .isEmpty();
  }

  // What is refused

  static Stream<Arguments> refusesProperty() {
    return Stream.of(
        arguments(
            "memcached.cas.atempts",
            "5",
            "Unknown setting \"cas.atempts\" in the property memcached.cas.atempts; the nearest"
                + " known one is cas.attempts"),
        arguments(
            "memcached.timeout",
            "soon",
            "The setting timeout in the property memcached.timeout is \"soon\", but must be a"
                + " duration from 10ms to 1m, "
                + DURATION_FORMS),
        arguments(
            "memcached.queue.wait",
            "11m",
            "The setting queue.wait in the property memcached.queue.wait is \"11m\", but must be a"
                + " duration from 0s to 10m, "
                + DURATION_FORMS),
        arguments(
            "memcached.deserialization.max.depth",
            "0",
            "The setting deserialization.max.depth in the property"
                + " memcached.deserialization.max.depth is \"0\", but must be a whole number from 1"
                + " to 100000"),
        arguments(
            "memcached.deserialization.filter",
            "com.*.acme",
            "The setting deserialization.filter in the property memcached.deserialization.filter is"
                + " \"com.*.acme\", but must be patterns of class names as in jdk.serialFilter,"
                + " separated by semicolons, like com.acme.**;java.base/*;!* (limits such as"
                + " maxdepth are settings of their own: deserialization.max.depth and so on)"),
        arguments(
            "memcached.page.size",
            "many",
            "The setting page.size in the property memcached.page.size is \"many\", but must be a"
                + " whole number from 1 to 100000"));
  }

  @ParameterizedTest
  @MethodSource
  void refusesProperty(String name, String value, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("memcached://h", properties(name, value)))
        .withMessage(message);
  }

  @Test
  void refusesServersOfEnvironment() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SettingsReader.read(
                    URI.create("memcached:/?env.prefix=WRONG"),
                    new Properties(),
                    ENVIRONMENT,
                    NO_FILES))
        .withMessageStartingWith(
            "The setting servers in the environment variable WRONG_MEMCACHED_SERVERS is \"a:b\","
                + " but must be host, host:port or host:port:weight of each server once");
  }

  @Test
  void refusesWrongValueThatIsOverruled() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> read("memcached://h?timeout=soon", properties("memcached.timeout", "2s")));
  }

  // Single caches

  @Test
  void aCacheCanBeSetToSomethingElse() {
    Settings settings =
        read(
            "memcached://h?on.failure=throw&page.size=9",
            properties(
                "memcached.cache.a.b.on.failure", "degrade",
                "memcached.cache.a.b.deserialization.max.depth", "7"));

    assertThat(settings.get(CacheSettings.ON_FAILURE)).isEqualTo(FailurePolicy.THROW);
    assertThat(settings.forCache("other").get(CacheSettings.ON_FAILURE))
        .isEqualTo(FailurePolicy.THROW);
    assertThat(settings.forCache("a.b").get(CacheSettings.ON_FAILURE))
        .isEqualTo(FailurePolicy.DEGRADE);
    assertThat(settings.forCache("a.b").get(CacheSettings.DESERIALIZATION_MAX_DEPTH)).isEqualTo(7);
    assertThat(settings.forCache("a.b").get(CacheSettings.PAGE_SIZE)).isEqualTo(9);
    assertThat(settings).isNotEqualTo(read("memcached://h?on.failure=throw&page.size=9"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "memcached.cache.users.expirry | Unknown setting \"expirry\" in PROPERTY; the nearest known"
            + " one is expiry",
        "memcached.cache.users.on.failur | Unknown setting \"on.failur\" in PROPERTY; the nearest"
            + " known one is on.failure",
        "memcached.cache.com.acme.User.compression.typ | Unknown setting \"compression.typ\" in"
            + " PROPERTY; the nearest known one is compression.type",
        "memcached.cache.users.ttl | Unknown setting \"ttl\" in PROPERTY; no known one is like it;"
            + " docs/settings.md has the table of all",
        "memcached.cache.on.failure | PROPERTY names no cache, but must be memcached.cache.<name of"
            + " the cache>.on.failure",
        "memcached.cache.users | PROPERTY names no cache, but must be memcached.cache.<name of the"
            + " cache>.users",
        "memcached.ttl | Unknown setting \"ttl\" in PROPERTY; no known one is like it;"
            + " docs/settings.md has the table of all",
        "memcached.prefix | Unknown setting \"prefix\" in PROPERTY; the nearest known one is"
            + " env.prefix",
      })
  void unknownNamesAreRefusedWithTheNearestKnownOne(String name, String message) {
    assertThatThrownBy(() -> read("memcached://h", properties(name, "throw")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message.replace("PROPERTY", "the property " + name));
  }

  @Test
  void aSettingOfTheManagerIsNoneOfACache() {
    assertThatThrownBy(
            () -> read("memcached://h", properties("memcached.cache.users.application", "shop")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "The setting application in the property memcached.cache.users.application is one of"
                + " the manager, but must be one of a cache");
  }

  @Test
  void aWrongSettingOfACacheIsRefused() {
    Properties wrong = properties("memcached.cache.users.on.failure", "ignore");
    assertThatThrownBy(() -> read("memcached://h", wrong))
        .hasMessage(
            "The setting on.failure in the property memcached.cache.users.on.failure is \"ignore\","
                + " but must be throw or degrade");
  }

  // What managers share

  @Test
  void managersOfSameServersShareConnections() {
    Settings orders = read("memcached://h1,h2:11212/orders?page.size=9");
    Settings users = read("memcached:users?servers=h1:11211,h2:11212:1");

    assertThat(orders.connection()).isEqualTo(users.connection());
    assertThat(orders.connection())
        .isNotEqualTo(read("memcached://h1,h2:11212/orders?timeout=2s").connection())
        .isNotEqualTo(read("memcached://h1/orders").connection());
  }

  @Test
  void managersOfSameNameShareMemory() {
    assertThat(read("memory:orders?timeout=2s").connection())
        .isEqualTo(read("memory:/orders").connection())
        .isEqualTo(new Connection(Engine.MEMORY, "orders", Map.of()))
        .isNotEqualTo(read("memory:users").connection());
  }

  @Test
  void managersWithoutMemoryShareIt() {
    assertThat(read("none:orders").connection()).isEqualTo(read("none:/").connection());
  }

  @Test
  void equalWhenEverythingIs() {
    assertThat(read("memcached://h/orders?timeout=500ms"))
        .isEqualTo(
            read("memcached:orders?timeout=PT0.5S", properties("memcached.servers", "h:11211:1")))
        .isNotEqualTo(read("memcached://h/orders?timeout=500ms&page.size=9"));
  }

  private static Settings read(String uri) {
    return read(uri, new Properties());
  }

  private static Settings read(String uri, Properties properties) {
    return SettingsReader.read(URI.create(uri), properties, Map.of(), NO_FILES);
  }

  private static Properties properties(String... namesAndValues) {
    Properties properties = new Properties();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
    }
    return properties;
  }
}
