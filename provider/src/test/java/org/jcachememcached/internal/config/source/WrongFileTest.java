package org.jcachememcached.internal.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jcachememcached.internal.config.Engine;
import org.jcachememcached.internal.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a configuration file is said in one sentence that names file and line. */
class WrongFileTest {

  static Stream<Arguments> refuses() {
    return Stream.of(
        arguments(
            "timeout = soon",
            "The setting timeout in FILE, line 2 is \"soon\", but must be a duration from 10ms to"
                + " 1m, written like 500ms, 30s, 5m, 12h, 7d, 250 ms, 30 seconds, 5 minutes, 1"
                + " hour, 2 days or PT0.5S"),
        arguments(
            "\n\ncaches { users { page.size = 0 } }",
            "The setting page.size in FILE, line 4 is \"0\", but must be a whole number from 1 to"
                + " 100000"),
        arguments(
            "templates { unused { statistics = yes } }",
            "The setting statistics in FILE, line 2 is \"yes\", but must be true or false"),
        arguments(
            "username = app, password = \"s3cret\\n\"",
            "The setting password in FILE, line 2 is not shown, but must be a text without control"
                + " characters"),
        arguments(
            "timout = 1s",
            "Unknown setting \"timout\" in FILE, line 2; the nearest known one is timeout"),
        arguments(
            "template { a {} }",
            "Unknown setting \"template\" in FILE, line 2; the nearest known one is templates"),
        arguments(
            "cachs { a {} }",
            "Unknown setting \"cachs\" in FILE, line 2; the nearest known one is caches"),
        arguments(
            "compression = gzip",
            "Unknown setting \"compression\" in FILE, line 2; the nearest known one is"
                + " compression.type"),
        arguments(
            "compression.typ = gzip",
            "Unknown setting \"compression.typ\" in FILE, line 2; the nearest known one is"
                + " compression.type"),
        arguments(
            "caches { users { templat = short } }",
            "Unknown setting \"templat\" in FILE, line 2; the nearest known one is template"),
        arguments(
            "templates { short {}, long {} }\ncaches { users { template = shrt } }",
            "The cache \"users\" takes the template \"shrt\" in FILE, line 3, but the nearest that"
                + " there is, is \"short\""),
        arguments(
            "caches { users { template = short } }",
            "The cache \"users\" takes the template \"short\" in FILE, line 2, but there are no"
                + " templates"),
        arguments(
            "caches { users { template { a = b } } }",
            "The template of the cache \"users\" in FILE, line 2 is a block, but must be the name"
                + " of a template, or a list of names"),
        arguments(
            "templates { short { template = long } }",
            "The template \"short\" takes a template in FILE, line 2, but only caches can"),
        arguments(
            "caches { a.b { expiry = eternal } }",
            "The cache \"a\" has a block \"b\" in FILE, line 2, which is no setting; put names with"
                + " dots in quotes: \"a.b\""),
        arguments(
            "caches { users { application = shop } }",
            "The setting application in FILE, line 2 is one of the manager, but must be one of a"
                + " cache, which are "
                + Source.namesOfCacheSettings()),
        arguments("caches = [users]", "caches in FILE, line 2 must be a block in braces"),
        arguments(
            "caches { users = short }", "caches.users in FILE, line 2 must be a block in braces"),
        arguments(
            "statistics { a = b }",
            "The setting statistics in FILE, line 2 is a block, but must be true or false"),
        arguments(
            "statistics = [[true]]",
            "The setting statistics in FILE, line 2 is a list with more than texts in it, but must"
                + " be true or false"),
        arguments(
            "\"read.through\" = true, read.through = false",
            "The setting read.through in FILE, line 2 is said twice, in quotes and without, but"
                + " must be said once"),
        arguments(
            "caches { users { username = app } }",
            "Of the settings username and password of the cache \"users\" one is given, but must be"
                + " both or none"),
        arguments(
            "servers = a\ncaches { users { fallback.servers = a } }",
            "The setting fallback.servers of the cache \"users\" names a:11211, but must name no"
                + " server that the setting servers names"));
  }

  @ParameterizedTest
  @MethodSource
  void refuses(String content, String message, @TempDir Path directory) throws IOException {
    assertRefused("jcache-memcached {\n" + content + "\n}", message, directory);
  }

  static Stream<Arguments> refusesWholeFile() {
    return Stream.of(
        arguments(
            "other { timeout = 1s }",
            "The file FILE has no block jcache-memcached, but must have one"),
        arguments(
            "\njcache-memcached = 5",
            "jcache-memcached in FILE, line 2 must be a block of settings in braces"),
        arguments(
            "jcache-memcached {\n timeout = ${nowhere}\n}",
            "The file FILE, line 2 cannot be read: Could not resolve substitution to a value:"
                + " ${nowhere}"));
  }

  @ParameterizedTest
  @MethodSource
  void refusesWholeFile(String content, String message, @TempDir Path directory)
      throws IOException {
    assertRefused(content, message, directory);
  }

  @Test
  void refusesMalformedFile(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("shop.conf"), "jcache-memcached {\n a = {\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(file.toUri(), Source.NO_FILES))
        .withMessageStartingWith("The file " + file + ", line 3 cannot be read: ");
  }

  @Test
  void refusesFileThatIsNotThere(@TempDir Path directory) {
    Path file = directory.resolve("shop.conf");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(file.toUri(), Source.NO_FILES))
        .withMessage(
            "The file %s cannot be read: %s (No such file or directory)".formatted(file, file));
  }

  @Test
  void refusesResourceThatIsNotThere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(URI.create("classpath:/conf/shop.conf"), Source.NO_FILES))
        .withMessage(
            "The URI of the cache manager, classpath:/conf/shop.conf, names a configuration file,"
                + " but the class path has no resource conf/shop.conf");
  }

  @Test
  void refusesWhatTheApplicationSays(@TempDir Path directory) throws IOException {
    Files.writeString(
        directory.resolve("application.conf"), "jcache-memcached {\n timeout = soon }");

    try (URLClassLoader loader = new URLClassLoader(new URL[] {url(directory)}, null)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> read(URI.create("memcached:///"), loader))
          .withMessageStartingWith(
              "The setting timeout in the file %s/application.conf, line 2 is \"soon\","
                  .formatted(directory));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"application", "env.prefix"})
  void codeCannotSetTheManagerForOneCache(String name) {
    Settings settings = read(URI.create("memcached:/"), Source.NO_FILES).forCache("users");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.with(Map.of(name, "x"), "the configuration of users"))
        .withMessage(
            "The setting %s in the configuration of users is one of the manager, but must be one of"
                    .formatted(name)
                + " a cache, which are "
                + Source.namesOfCacheSettings());
  }

  @Test
  void codeIsCheckedWithWhatOthersSay() {
    Settings settings = read(URI.create("memcached://h"), Source.NO_FILES).forCache("users");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.with(Map.of("fallback.servers", "h"), "code"))
        .withMessageStartingWith(
            "The setting fallback.servers of the cache \"users\" names h:11211");
    assertThat(settings.with(Map.of("fallback.servers", "h", "servers", "i"), "code").engine())
        .isEqualTo(Engine.MEMCACHED);
  }

  private static void assertRefused(String content, String message, Path directory)
      throws IOException {
    Path file = Files.writeString(directory.resolve("shop.conf"), content);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(file.toUri(), Source.NO_FILES))
        .withMessage(message.replace("FILE", "the file " + file).replace("The file the", "The"))
        .satisfies(failure -> assertThat(failure.toString()).doesNotContain("s3cret"));
  }

  private static Settings read(URI uri, ClassLoader loader) {
    return SettingsReader.read(uri, new Properties(), Map.of(), loader);
  }

  private static URL url(Path directory) throws IOException {
    return directory.toUri().toURL();
  }
}
