package org.jcachememcached.internal.config.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.jcachememcached.api.FailurePolicy;
import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.Engine;
import org.jcachememcached.internal.config.ExpiryRule;
import org.jcachememcached.internal.config.ExpiryRule.Kind;
import org.jcachememcached.internal.config.ManagerSettings;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configuration files that are right: how they are found, what they say, and what wins. */
class FileTest {

  private static final String SHOP =
      """
      jcache-memcached {
        servers = ["10.0.0.1:11211", "10.0.0.2:11211:2"]
        application = shop
        expiry = created 1 hour
        templates {
          short { expiry = accessed 30 s, page.size = 1 }
          careful { on.failure = throw, page.size = 2 }
        }
        caches {
          users { template = short, value.type = com.acme.User, read.through = true }
          "a.b" { template = [short, careful], statistics = true }
          plain {}
        }
      }
      """;

  // How files are found

  @Test
  void byPath(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("a b.cfg"), SHOP);

    assertThat(applicationOf(file.toUri(), Source.NO_FILES)).isEqualTo("shop");
    assertThat(applicationOf(URI.create("FILE:" + file.toUri().getRawPath()), Source.NO_FILES))
        .isEqualTo("shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "classpath:conf/shop.conf",
        "classpath:/conf/shop.conf",
        "Classpath:conf/shop.conf"
      })
  void onTheClassPath(String uri, @TempDir Path directory) throws IOException {
    Files.createDirectory(directory.resolve("conf"));
    Files.writeString(directory.resolve("conf/shop.conf"), SHOP);

    try (URLClassLoader loader = classPath(directory)) {
      assertThat(applicationOf(URI.create(uri), loader)).isEqualTo("shop");
    }
  }

  @Test
  void inJar(@TempDir Path directory) throws IOException {
    Path jar = directory.resolve("shop.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("conf/shop.conf"));
      out.write(SHOP.getBytes(UTF_8));
    }

    URI uri = URI.create("jar:" + jar.toUri() + "!/conf/shop.conf");

    assertThat(applicationOf(uri, Source.NO_FILES)).isEqualTo("shop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application.conf", "reference.conf", "application.json"})
  void asThatOfTheApplication(String name, @TempDir Path directory) throws IOException {
    Files.writeString(
        directory.resolve(name), "{ \"jcache-memcached\": { \"application\": \"shop\" } }");

    try (URLClassLoader loader = classPath(directory)) {
      assertThat(applicationOf(URI.create("memcached:///"), loader)).isEqualTo("shop");
      assertThat(applicationOf(URI.create("memcached:other"), loader)).isEqualTo("other");
    }
  }

  @Test
  void filesOfOthersAreLeftAlone(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("application.conf"), "akka { x = ${not.there.yet} }");

    try (URLClassLoader loader = classPath(directory)) {
      assertThat(applicationOf(URI.create("memcached:///"), loader)).isEmpty();
    }
  }

  // What they say

  @Test
  void cachesTakeTemplatesInTheirOrder(@TempDir Path directory) throws IOException {
    Settings settings = read(directory, SHOP, new Properties());

    assertThat(settings.declaredCaches()).containsExactly("a.b", "plain", "users");
    assertThat(settings.get(CacheSettings.EXPIRY)).isEqualTo(created(Duration.ofHours(1)));
    assertThat(settings.forCache("plain").get(CacheSettings.EXPIRY))
        .isEqualTo(created(Duration.ofHours(1)));
    assertThat(settings.forCache("of code").get(CacheSettings.EXPIRY))
        .isEqualTo(created(Duration.ofHours(1)));
    Settings users = settings.forCache("users");
    assertThat(users.get(CacheSettings.EXPIRY))
        .isEqualTo(new ExpiryRule(Kind.ACCESSED, Duration.ofSeconds(30), ""));
    assertThat(users.get(CacheSettings.VALUE_TYPE)).isEqualTo("com.acme.User");
    assertThat(users.get(CacheSettings.READ_THROUGH)).isTrue();
    assertThat(users.get(CacheSettings.PAGE_SIZE)).isEqualTo(1);
    assertThat(users.get(ConnectionSettings.SERVERS).listed()).hasSize(2);
    Settings other = settings.forCache("a.b");
    assertThat(other.get(CacheSettings.PAGE_SIZE)).isEqualTo(2);
    assertThat(other.get(CacheSettings.ON_FAILURE)).isEqualTo(FailurePolicy.THROW);
    assertThat(other.get(CacheSettings.STATISTICS)).isTrue();
    assertThat(other.origin(CacheSettings.PAGE_SIZE)).endsWith("shop.conf, line 7");
    assertThat(other.isGiven(CacheSettings.MANAGEMENT)).isFalse();
  }

  @Test
  void mayIncludeSubstituteAndAskTheEnvironment(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("common.conf"), "base { page.size = 9 }");
    String content =
        """
        include "common.conf"
        jcache-memcached {
          client = ${PATH}
          application = ${?NO_SUCH_VARIABLE}
          templates { small = ${base}, smaller = ${base} { cas.attempts = 3 } }
          caches { users { template = smaller, expiry = null, template = ${?NO_SUCH_VARIABLE} } }
        }
        """;

    Settings settings = read(directory, content, new Properties());

    assertThat(settings.get(ConnectionSettings.CLIENT)).isEqualTo(System.getenv("PATH"));
    assertThat(settings.get(ManagerSettings.APPLICATION)).isEmpty();
    assertThat(settings.forCache("users").get(CacheSettings.PAGE_SIZE)).isEqualTo(9);
    assertThat(settings.forCache("users").get(CacheSettings.CAS_ATTEMPTS)).isEqualTo(3);
    assertThat(settings.forCache("users").isGiven(CacheSettings.EXPIRY)).isFalse();
  }

  // What wins

  @Test
  void everySourceOverrulesTheOnesBefore(@TempDir Path directory) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("memcached.page.size", "20");
    properties.setProperty("memcached.cas.attempts", "20");
    properties.setProperty("memcached.queue.wait", "20s");
    properties.setProperty("memcached.timeout", "20s");
    properties.setProperty("memcached.cache.users.cas.attempts", "30");
    properties.setProperty("memcached.cache.users.queue.wait", "30s");
    properties.setProperty("memcached.cache.undeclared.queue.wait", "35s");
    String content =
        """
        jcache-memcached {
          page.size = 10, cas.attempts = 10, queue.wait = 10s, timeout = 10s
          caches { users { page.size = 25, cas.attempts = 25, queue.wait = 25s } }
        }
        """;

    Settings settings = read(directory, content, properties);
    Settings users = settings.forCache("users").with(Map.of("queue.wait", "40s"), "code");

    assertThat(settings.get(CacheSettings.PAGE_SIZE)).isEqualTo(20);
    assertThat(users.get(ConnectionSettings.TIMEOUT)).isEqualTo(Duration.ofSeconds(20));
    assertThat(users.get(CacheSettings.PAGE_SIZE)).isEqualTo(25);
    assertThat(users.get(CacheSettings.CAS_ATTEMPTS)).isEqualTo(30);
    assertThat(users.get(CacheSettings.QUEUE_WAIT)).isEqualTo(Duration.ofSeconds(40));
    assertThat(users.origin(CacheSettings.QUEUE_WAIT)).isEqualTo("code");
    assertThat(settings.declaredCaches()).containsExactly("users");
    assertThat(settings.forCache("undeclared").get(CacheSettings.QUEUE_WAIT))
        .isEqualTo(Duration.ofSeconds(35));
  }

  @Test
  void environmentOverrulesServersOfFile(@TempDir Path directory) throws IOException {
    Files.writeString(
        directory.resolve("application.conf"),
        "jcache-memcached { servers = file, env.prefix = SHOP, engine = memcached }");
    Map<String, String> shop = Map.of("SHOP_MEMCACHED_SERVERS", "shop");
    Map<String, String> other = Map.of("MEMCACHED_SERVERS", "other", "B_MEMCACHED_SERVERS", "b");

    try (URLClassLoader loader = classPath(directory)) {
      assertThat(serverOf("memcached:///", Map.of(), loader)).isEqualTo("file");
      assertThat(serverOf("memcached:///", shop, loader)).isEqualTo("shop");
      assertThat(serverOf("memcached:///", other, loader)).isEqualTo("file");
      assertThat(serverOf("memcached:?env.prefix=B", other, loader)).isEqualTo("b");
      assertThat(serverOf("memcached:?env.prefix=A", other, loader)).isEqualTo("file");
      assertThat(serverOf("memcached://uri", shop, loader)).isEqualTo("uri");
    }
  }

  @Test
  void uriThatNamesNoServersLeavesTheEngineToTheFile(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("application.conf"), "jcache-memcached.engine = none");

    try (URLClassLoader loader = classPath(directory)) {
      assertThat(engineOf("memcached:///", loader)).isEqualTo(Engine.NONE);
      assertThat(engineOf("memcached:orders", loader)).isEqualTo(Engine.NONE);
      assertThat(engineOf("memcached://h", loader)).isEqualTo(Engine.MEMCACHED);
      assertThat(engineOf("memory:orders", loader)).isEqualTo(Engine.MEMORY);
    }
  }

  @Test
  void cachesCanHaveEnginesAndServersOfTheirOwn(@TempDir Path directory) throws IOException {
    String content =
        """
        jcache-memcached {
          servers = here, username = app, password = 007
          caches {
            near { engine = memory }
            far { servers = [there, "elsewhere:1"] }
            own { client = bulk }
          }
        }
        """;

    Settings settings = read(directory, content, new Properties());

    Settings near = settings.forCache("near");
    assertThat(near.engine()).isEqualTo(Engine.MEMORY);
    assertThat(near.get(ConnectionSettings.SERVERS).listed()).isEmpty();
    Settings far = settings.forCache("far");
    assertThat(far.get(ConnectionSettings.SERVERS).listed())
        .containsExactly(new Server("there", 11211, 1), new Server("elsewhere", 1, 1));
    assertThat(far.connection().get(ConnectionSettings.PASSWORD)).isEqualTo("007");
    assertThat(settings.forCache("own").connection())
        .isNotEqualTo(settings.forCache("any").connection());
    assertThat(settings.forCache("any").connection()).isEqualTo(settings.connection());
  }

  private static ExpiryRule created(Duration duration) {
    return new ExpiryRule(Kind.CREATED, duration, "");
  }

  private static Settings read(Path directory, String content, Properties properties)
      throws IOException {
    Path file = Files.writeString(directory.resolve("shop.conf"), content);
    return SettingsReader.read(file.toUri(), properties, Map.of(), Source.NO_FILES);
  }

  private static String applicationOf(URI uri, ClassLoader loader) {
    return SettingsReader.read(uri, new Properties(), Map.of(), loader)
        .get(ManagerSettings.APPLICATION);
  }

  private static Engine engineOf(String uri, ClassLoader loader) {
    return SettingsReader.read(URI.create(uri), new Properties(), Map.of(), loader).engine();
  }

  private static String serverOf(String uri, Map<String, String> environment, ClassLoader loader) {
    return SettingsReader.read(URI.create(uri), new Properties(), environment, loader)
        .get(ConnectionSettings.SERVERS)
        .listed()
        .get(0)
        .host();
  }

  private static URLClassLoader classPath(Path directory) throws IOException {
    return new URLClassLoader(new URL[] {directory.toUri().toURL()}, null);
  }
}
