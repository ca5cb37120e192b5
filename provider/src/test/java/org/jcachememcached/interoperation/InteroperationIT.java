package org.jcachememcached.interoperation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.interoperation.ClientProcess.answer;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.jcachememcached.interoperation.Sample.Example;
import org.jcachememcached.testing.MemcachedServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Exchanges values with clients in other languages, through the public API, and compares what works
 * with the table in {@code docs/interoperation.md}.
 */
class InteroperationIT {

  private static MemcachedServer server;
  private static List<String> addresses;

  private final JavaSide javaSide = new JavaSide(addresses);

  @BeforeAll
  static void startServer() {
    server = MemcachedServer.start();
    addresses = JavaSide.addresses(List.of(server), 1);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @AfterEach
  void close() {
    javaSide.close();
  }

  @ParameterizedTest
  @EnumSource
  void exchangesWhatThePageSays(Client client) {
    client.requireInstalled();
    try (ClientProcess other = client.start(addresses)) {
      String name = Matrix.text(client.label());
      Matrix.assertOnPage(
          Matrix.row(
              name,
              Matrix.text("Java writes"),
              cells(sample -> isRead(client, sample, other)),
              Matrix.cell(isCountedByOther(client, other))),
          Matrix.row(
              name,
              Matrix.text("Java reads"),
              cells(sample -> isWritten(client, sample, other)),
              Matrix.cell(isCountedByJava(client, other))));
    }
  }

  @ParameterizedTest
  @EnumSource
  void sharesKeysWithTheDefaultPrefixToo(Client client) {
    client.requireInstalled();
    byte[] ada = "Ada".getBytes(UTF_8);
    try (ClientProcess other = client.start(addresses);
        Cache<String, String> users =
            javaSide.shareWithDefaultPrefix(client, Sample.ASCII, String.class)) {
      users.put("42", "Ada");
      assertThat(other.get("shop:users:42")).isEqualTo(answer("text", ada));

      assertThat(other.set("shop:users:43", "text", ada)).isTrue();
      assertThat(users.get("43")).isEqualTo("Ada");
    }
  }

  private static String cells(Predicate<Sample> works) {
    return Stream.of(Sample.values())
        .map(sample -> Matrix.cell(works.test(sample)))
        .collect(Collectors.joining());
  }

  private boolean isRead(Client client, Sample sample, ClientProcess other) {
    try (Cache<String, ?> users = javaSide.share(client, sample, sample.type())) {
      return sample.examples().allMatch(e -> isRead(client, sample, e, users, other));
    }
  }

  private static boolean isRead(
      Client client, Sample sample, Example example, Cache<String, ?> users, ClientProcess other) {
    put(users, "a", example.value());
    return other.get("user:a").equals(answer(sample.kindToRead(client), example.data()));
  }

  private boolean isWritten(Client client, Sample sample, ClientProcess other) {
    try (Cache<String, ?> users = javaSide.share(client, sample, sample.type())) {
      return sample.examples().allMatch(e -> isWritten(client, sample, e, users, other));
    }
  }

  private static boolean isWritten(
      Client client, Sample sample, Example example, Cache<String, ?> users, ClientProcess other) {
    return other.set("user:b", sample.kindToWrite(client), example.data())
        && Objects.deepEquals(get(users, "b"), example.value());
  }

  /** The examples of a sample have the type of its caches. */
  @SuppressWarnings("unchecked")
  private static void put(Cache<String, ?> users, String key, Object value) {
    ((Cache<String, Object>) users).put(key, value);
  }

  private static @Nullable Object get(Cache<String, ?> users, String key) {
    try {
      return users.get(key);
    } catch (CacheException unreadable) {
      return unreadable;
    }
  }

  private boolean isCountedByOther(Client client, ClientProcess other) {
    try (Cache<String, Long> users = javaSide.share(client, Sample.NUMBERS, Long.class)) {
      users.put("n", 41L);
      return other.increment("user:n").equals(answer("int", bytes(42)))
          && Objects.equals(users.get("n"), 42L);
    }
  }

  private boolean isCountedByJava(Client client, ClientProcess other) {
    try (Cache<String, Long> users = javaSide.share(client, Sample.NUMBERS, Long.class)) {
      other.set("user:n", "int", bytes(41));
      users.invoke(
          "n",
          (entry, arguments) -> {
            entry.setValue(entry.getValue() + 1);
            return null;
          });
      return other.get("user:n").equals(answer("int", bytes(42)));
    }
  }

  private static byte[] bytes(long number) {
    return Long.toString(number).getBytes(UTF_8);
  }
}
