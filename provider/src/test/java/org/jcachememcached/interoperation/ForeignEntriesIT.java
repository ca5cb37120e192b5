package org.jcachememcached.interoperation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.interoperation.ClientProcess.answer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.cache.Cache;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a Java cache can do with an entry that a client in another language wrote, compared with the
 * table in {@code docs/interoperation.md}.
 */
class ForeignEntriesIT {

  private static final int SHORT_LIFETIME_SECONDS = 3;
  private static final int LONG_LIFETIME_SECONDS = 100;

  /** How much later than asked for an entry may end, and more for slow machines. */
  private static final Duration GRACE = Duration.ofSeconds(30);

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
  void treatsThemAsThePageSays(Client client) {
    client.requireInstalled();
    try (ClientProcess other = client.start(addresses);
        Cache<String, String> users = javaSide.share(client, Sample.ASCII, String.class)) {
      Matrix.assertOnPage(
          Matrix.row(
              Matrix.text(client.label()),
              Matrix.cell(isIterated(other, users)),
              Matrix.cell(isReplaced(other, users)),
              Matrix.cell(isProcessed(other, users)),
              Matrix.cell(isCleared(other, users)),
              Matrix.cell(ends(other, users)),
              Matrix.cell(keepsItsEnd(other, users))));
    }
  }

  /** With an expiry policy that has no end of its own for updates. */
  @ParameterizedTest
  @EnumSource
  void entryKeepsItsEndWhereTheCacheLooksAtIt(Client client) {
    client.requireInstalled();
    try (ClientProcess other = client.start(addresses);
        Cache<String, String> users = javaSide.shareForAnHour(client)) {
      assertThat(keepsItsEnd(other, users)).isTrue();
    }
  }

  // One cell each

  private static boolean isIterated(ClientProcess other, Cache<String, String> users) {
    set(other, "user:a", "Ada");
    set(other, "user:b", "Bob");
    set(other, "order:c", "book");
    Map<String, String> seen = new TreeMap<>();
    users.forEach(entry -> seen.put(entry.getKey(), entry.getValue()));
    return seen.equals(Map.of("a", "Ada", "b", "Bob"));
  }

  private static boolean isReplaced(ClientProcess other, Cache<String, String> users) {
    set(other, "user:a", "Ada");
    return !users.replace("a", "Bob", "Eve")
        && users.replace("a", "Ada", "Eve")
        && holds(other, "user:a", "Eve");
  }

  private static boolean isProcessed(ClientProcess other, Cache<String, String> users) {
    set(other, "user:a", "Ada");
    String before =
        users.invoke(
            "a",
            (entry, arguments) -> {
              String found = entry.getValue();
              entry.setValue(found + " Lovelace");
              return found;
            });
    return Objects.equals(before, "Ada") && holds(other, "user:a", "Ada Lovelace");
  }

  private static boolean isCleared(ClientProcess other, Cache<String, String> users) {
    set(other, "user:a", "Ada");
    set(other, "order:c", "book");
    users.clear();
    return other.get("user:a").equals("none") && holds(other, "order:c", "book");
  }

  private static boolean ends(ClientProcess other, Cache<String, String> users) {
    setFor(SHORT_LIFETIME_SECONDS, other, "user:a", "Ada");
    return users.containsKey("a") && isGoneInTime(users, "a");
  }

  private static boolean keepsItsEnd(ClientProcess other, Cache<String, String> users) {
    setFor(LONG_LIFETIME_SECONDS, other, "user:a", "Ada");
    return users.replace("a", "Eve") && !server.command("mg user:a t").equals("HD t-1");
  }

  private static void set(ClientProcess other, String key, String text) {
    other.set(key, "text", text.getBytes(UTF_8));
  }

  private static void setFor(int seconds, ClientProcess other, String key, String text) {
    other.set(key, seconds, "text", text.getBytes(UTF_8));
  }

  private static boolean holds(ClientProcess other, String key, String text) {
    return other.get(key).equals(answer("text", text.getBytes(UTF_8)));
  }

  private static boolean isGoneInTime(Cache<String, String> users, String key) {
    try {
      Awaitility.await()
          .pollInterval(Duration.ofMillis(100))
          .atMost(Duration.ofSeconds(SHORT_LIFETIME_SECONDS).plus(GRACE))
          .until(() -> !users.containsKey(key));
      return true;
    } catch (ConditionTimeoutException stillThere) {
      return false;
    }
  }
}
