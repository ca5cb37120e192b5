package org.jcachememcached.interoperation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.interoperation.ClientProcess.answer;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.jcachememcached.MemcachedCache;
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

  /** The calls beyond JCache that other clients have too. */
  @ParameterizedTest
  @EnumSource
  void changesWhatTheOtherHasWritten(Client client) {
    client.requireInstalled();
    try (ClientProcess other = client.start(addresses)) {
      String counted = Matrix.cell(countBoth(client, other));
      try (MemcachedCache<String, String> users = shareTexts(client)) {
        Matrix.assertOnPage(
            Matrix.row(
                Matrix.text(client.label()),
                counted,
                Matrix.cell(isAppendedByJava(other, users)),
                Matrix.cell(isAppendedByOther(other, users)),
                Matrix.cell(isTouchedByJava(other, users)),
                Matrix.cell(isTouchedByOther(other, users))));
      }
    }
  }

  @SuppressWarnings("unchecked")
  private MemcachedCache<String, String> shareTexts(Client client) {
    return javaSide.share(client, Sample.UNICODE, String.class).unwrap(MemcachedCache.class);
  }

  @SuppressWarnings("unchecked")
  private boolean countBoth(Client client, ClientProcess other) {
    try (Cache<String, Long> users = javaSide.share(client, Sample.NUMBERS, Long.class)) {
      MemcachedCache<String, Long> counters = users.unwrap(MemcachedCache.class);
      users.remove("n");
      return counters.increment("n", 1, 41) == 41
          && other.get("user:n").equals(answer("int", bytes(41)))
          && other.increment("user:n").equals(answer("int", bytes(42)))
          && counters.increment("n", 1).equals(OptionalLong.of(43))
          && other.set("user:n", "int", bytes(10))
          && counters.decrement("n", 1).equals(OptionalLong.of(9))
          && Objects.equals(users.get("n"), 9L)
          && other.increment("user:n").equals(answer("int", bytes(10)));
    }
  }

  private static boolean isAppendedByJava(
      ClientProcess other, MemcachedCache<String, String> users) {
    return other.set("user:a", "text", "\u00e9".getBytes(UTF_8))
        && users.append("a", "\u00e8")
        && users.prepend("a", "e")
        && other.get("user:a").equals(answer("text", "e\u00e9\u00e8".getBytes(UTF_8)));
  }

  private static boolean isAppendedByOther(
      ClientProcess other, MemcachedCache<String, String> users) {
    users.put("a", "\u00e9");
    return other.append("user:a", "\u00e8".getBytes(UTF_8))
        && Objects.equals(users.get("a"), "\u00e9\u00e8");
  }

  private static boolean isTouchedByJava(
      ClientProcess other, MemcachedCache<String, String> users) {
    return other.set("user:a", "text", "a".getBytes(UTF_8))
        && users.touch("a", Duration.ofSeconds(100))
        && secondsLeft() > 90
        && other.get("user:a").equals(answer("text", "a".getBytes(UTF_8)));
  }

  private static boolean isTouchedByOther(
      ClientProcess other, MemcachedCache<String, String> users) {
    users.put("a", "a");
    return other.touch("user:a", 100)
        && secondsLeft() > 90
        && users.append("a", "b")
        && secondsLeft() > 90
        && Objects.equals(users.get("a"), "ab");
  }

  /** What the server answers about the entry; -1 if it does not expire. */
  private static int secondsLeft() {
    return Integer.parseInt(server.command("mg user:a t").substring("HD t".length()));
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
