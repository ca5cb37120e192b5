package org.jcachememcached.internal.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.jcachememcached.api.FailurePolicy;
import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.Engine;
import org.jcachememcached.internal.config.ManagerSettings;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What URIs of managers say, and which are refused. */
class ManagerUriTest {

  private static final String FORMS =
      "but must be one of memcached://<host>:<port>:<weight>+.../<application>"
          + ";<setting>:<value>;..., memcached:<application>, memory:<application>, none:/,"
          + " file:<path>, classpath:<name> and jar:<URL of the jar>!/<name>";

  private static final String DURATION_FORMS =
      "written like 500ms, 30s, 5m, 12h, 7d, 250 ms, 30 seconds, 5 minutes, 1 hour, 2 days or"
          + " PT0.5S";

  @ParameterizedTest
  @CsvSource({
    "memcached://h, MEMCACHED, ''",
    "memcached://h/, MEMCACHED, ''",
    "memcached://h/orders, MEMCACHED, orders",
    "memcached://h/orders/, MEMCACHED, orders",
    "memcached://h/orders/user, MEMCACHED, orders/user",
    "memcached://h/a%20b%2Fc%25%3F%C3%A4%0D%0A, MEMCACHED, 'a b/c%?ä\r\n'",
    "memcached://h/a+b, MEMCACHED, a+b",
    "memcached://h?application=a%26b%3Dc, MEMCACHED, a&b=c",
    "memcached:///orders, MEMCACHED, orders",
    "memcached:/orders, MEMCACHED, orders",
    "memcached:orders, MEMCACHED, orders",
    "memcached:orders/user?timeout=2s, MEMCACHED, orders/user",
    "MemCached:orders, MEMCACHED, orders",
    "memory:orders, MEMORY, orders",
    "memory:orders/user?timeout=2s, MEMORY, orders/user",
    "memory:a%20b, MEMORY, a b",
    "memory:/orders, MEMORY, orders",
    "memory:///orders, MEMORY, orders",
    "memory:/, MEMORY, ''",
    "none:/, NONE, ''",
    "none:orders, NONE, orders",
  })
  void engineAndApplicationByUri(String uri, Engine engine, String application) {
    Settings settings = read(uri);

    assertThat(settings.engine()).isEqualTo(engine);
    assertThat(settings.get(ManagerSettings.APPLICATION)).isEqualTo(application);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "memcached://h1:1+h2:2:3/orders memcached://h1:1,h2:2:3/orders",
        "memcached://h/orders;timeout:500ms memcached://h/orders?timeout=500ms",
        "memcached://h/orders/;timeout:500ms memcached://h/orders?timeout=500ms",
        "memcached://h/;timeout:2s;page.size:9 memcached://h?timeout=2s&page.size=9",
        "memcached:///orders;timeout:2s memcached:///orders?timeout=2s",
        "memcached:orders;timeout:2s memcached:orders?timeout=2s",
        "memcached:;timeout:2s memcached:/?timeout=2s",
        "memory:orders;cas.attempts:5 memory:orders?cas.attempts=5",
        "none:/;page.size:9 none:/?page.size=9",
        "memcached://h/x;fallback.servers:o1:1+o2:2:3 memcached://h/x?fallback.servers=o1:1,o2:2:3",
        "memcached:x;servers:h1:1+h2:2 memcached:x?servers=h1:1,h2:2",
        "memcached:x;expiry:created%201h memcached:x?expiry=created%201h",
        "memcached:x;listeners:a.B%2Cc.D memcached:x?listeners=a.B,c.D",
        "memcached:x;deserialization.filter:a.*%3B!* memcached:x?deserialization.filter=a.*;!*",
        "memcached:a;timeout:2s?page.size=9 memcached:a?timeout=2s&page.size=9",
        "memcached:a%3Bb;timeout:2s memcached:a%3Bb?timeout=2s",
      })
  void bothSpellingsMeanTheSame(String spelling, String other) {
    assertThat(read(spelling)).isEqualTo(read(other));
  }

  @Test
  void everythingCanBeSaidSoThatAnMBeanCanBeNamedAfterIt() throws Exception {
    String uri =
        "memcached://h1:11211+h2:11212:2/orders;timeout:500ms;on.failure:throw"
            + ";listeners:a.B%2Cc.D;deserialization.filter:a.%2A%3B!%2A";

    Settings settings = read(uri);

    assertThat(settings.get(ConnectionSettings.SERVERS).listed())
        .isEqualTo(List.of(new Server("h1", 11211, 1), new Server("h2", 11212, 2)));
    assertThat(settings.get(ManagerSettings.APPLICATION)).isEqualTo("orders");
    assertThat(settings.get(CacheSettings.ON_FAILURE)).isEqualTo(FailurePolicy.THROW);
    // What frameworks do: only colons are replaced, as the specification says.
    ObjectName name = new ObjectName("javax.cache:CacheManager=" + uri.replace(':', '.'));
    assertThat(name.isPattern()).isFalse();
  }

  @Test
  void aSemicolonOfTheApplicationIsEncoded() {
    assertThat(read("memcached://h/a%3Bb;timeout:2s").get(ManagerSettings.APPLICATION))
        .isEqualTo("a;b");
  }

  static Stream<Arguments> refusesUri() {
    return Stream.of(
        arguments("redis://h/x", "The URI of a cache manager is \"redis://h/x\", " + FORMS),
        arguments("orders", "The URI of a cache manager is \"orders\", " + FORMS),
        arguments("memory://h/x", "The URI of a cache manager is \"memory://h/x\", " + FORMS),
        arguments("none://h", "The URI of a cache manager is \"none://h\", " + FORMS),
        arguments("memcached:x#y", "The URI of a cache manager is \"memcached:x#y\", " + FORMS),
        arguments(
            "memcached:x?timout=1s",
            "Unknown setting \"timout\" in the URI memcached:x?timout=1s;"
                + " the nearest known one is timeout"),
        arguments(
            "memcached:x?page_size=1",
            "Unknown setting \"page_size\" in the URI memcached:x?page_size=1;"
                + " the nearest known one is page.size"),
        arguments(
            "memcached:x?timeout",
            "The setting timeout in the URI memcached:x?timeout is \"\", but must be a duration"
                + " from 10ms to 1m, "
                + DURATION_FORMS),
        arguments(
            "memcached:x?timeout=1s&timeout=2s",
            "The setting timeout in the URI memcached:x?timeout=1s&timeout=2s is said twice, as"
                + " \"1s\" and as \"2s\", but must be said once"),
        arguments(
            "memcached:x;timeout:1s?timeout=2s",
            "The setting timeout in the URI memcached:x;timeout:1s?timeout=2s is said twice, as"
                + " \"1s\" and as \"2s\", but must be said once"),
        arguments(
            "memcached:x;timout:1s",
            "Unknown setting \"timout\" in the URI memcached:x;timout:1s;"
                + " the nearest known one is timeout"),
        arguments(
            "memcached:x?application=y",
            "The setting application in the URI memcached:x?application=y is said twice, as \"x\""
                + " and as \"y\", but must be said once"),
        arguments(
            "memcached://h/%ff",
            "The setting application in the URI memcached://h/%ff is \"%ff\", but must be UTF-8,"
                + " percent-encoded"),
        arguments(
            "memcached://h:0",
            "The setting servers in the URI memcached://h:0 is \"h:0\", but must be host, host:port"
                + " or host:port:weight of each server once, or unix:path or unix:path:weight of its"
                + " Unix socket, separated by plus signs, commas or spaces (port 1 to 65535, weight"
                + " 1 to 65535, IPv6 addresses in brackets, paths absolute, of at most 107"
                + " characters of ASCII without plus signs, commas, colons and spaces); or, alone,"
                + " dns:name:port, dns:_service._tcp.name, elasticache:host:port or file:/path, from"
                + " which the servers are read again and again"),
        arguments(
            "memcached://unix:/run/memcached.sock/x",
            "The URI of a cache manager is \"memcached://unix:/run/memcached.sock/x\", but the path"
                + " of a Unix socket must be percent-encoded, as in"
                + " memcached://unix:%2Frun%2Fmemcached.sock/<application>, or in the parameter"
                + " servers, as in memcached:<application>;servers:unix:/run/memcached.sock"),
        arguments(
            "memcached://file:/etc/shop.servers/x",
            "The URI of a cache manager is \"memcached://file:/etc/shop.servers/x\", but the path of"
                + " a file with servers must be percent-encoded, as in"
                + " memcached://file:%2Fetc%2Fmemcached.servers/<application>, or in the parameter"
                + " servers, as in memcached:<application>;servers:file:/etc/memcached.servers"),
        arguments(
            "memory:x?cas.attempts=0",
            "The setting cas.attempts in the URI memory:x?cas.attempts=0 is \"0\", but must be a"
                + " whole number from 1 to 100000"),
        arguments(
            "memcached:x?env.prefix=A-B",
            "The setting env.prefix in the URI memcached:x?env.prefix=A-B is \"A-B\", but must be"
                + " letters, digits and underscores, or nothing for no prefix"));
  }

  @ParameterizedTest
  @MethodSource
  void refusesUri(String uri, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> read(uri)).withMessage(message);
  }

  private static Settings read(String uri) {
    return SettingsReader.read(
        URI.create(uri), new Properties(), Map.of(), ClassLoader.getPlatformClassLoader());
  }
}
