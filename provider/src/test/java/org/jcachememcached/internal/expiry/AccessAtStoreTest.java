package org.jcachememcached.internal.expiry;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jcachememcached.MemcachedConfiguration;
import org.jcachememcached.TestCaches;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.StoredItem;
import org.jcachememcached.testing.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Entries that expire when the store drops them, which a read can put off, live as long as those
 * with a deadline of their own. The store of these tests drops them to the millisecond.
 */
class AccessAtStoreTest {

  private static final Duration TEN = new Duration(MINUTES, 10);
  private static final List<String> CHOICES = List.of("auto", "exact");

  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  /** A call to a cache. */
  private interface Use extends Consumer<Cache<String, String>> {}

  static Stream<Arguments> uses() {
    return Stream.of(
        use("get", c -> c.get("k"), 16, 16),
        use("getAll", c -> c.getAll(Set.of("k", "absent")), 16, 16),
        use("iterator", c -> c.iterator().next(), 16, 16),
        use("invoke reading", c -> c.invoke("k", (e, a) -> e.getValue()), 16, 16),
        use("replace unequal", c -> c.replace("k", "x", "w"), 16, 16),
        use("remove unequal", c -> c.remove("k", "x"), 16, 16),
        use("containsKey", c -> c.containsKey("k"), 10, 10),
        use("putIfAbsent", c -> c.putIfAbsent("k", "w"), 10, 10),
        use("put", c -> c.put("k", "w"), 10, 16),
        use("putAll", c -> c.putAll(Map.of("k", "w")), 10, 16),
        use("replace", c -> c.replace("k", "w"), 10, 16),
        use("getAndPut", c -> c.getAndPut("k", "w"), 10, 16),
        use("get and put", AccessAtStoreTest::getAndThenPut, 16, 16),
        use("invoke updating", AccessAtStoreTest::update, 16, 16));
  }

  /** How many minutes an entry lives that is used so after 6 minutes, by policy. */
  private static Arguments use(String name, Use use, int accessed, int touched) {
    return Arguments.of(Named.of(name, use), accessed, touched);
  }

  private static void getAndThenPut(Cache<String, String> cache) {
    cache.put("k", cache.get("k") + "w");
  }

  private static void update(Cache<String, String> cache) {
    cache.invoke(
        "k",
        (entry, arguments) -> {
          entry.setValue(entry.getValue() + "w");
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("uses")
  void entryLivesAsLongAsThePolicySays(Use use, int accessed, int touched) {
    assertLives(AccessedExpiryPolicy.factoryOf(TEN), use, accessed);
    assertLives(TouchedExpiryPolicy.factoryOf(TEN), use, touched);
  }

  /** The entry is created, used and looked at by clients of every setting. */
  private static void assertLives(Factory<ExpiryPolicy> policy, Use use, int minutes) {
    for (String creator : CHOICES) {
      for (String user : CHOICES) {
        try (TestCaches fixture = new TestCaches()) {
          open(fixture, creator, policy).put("k", "v");
          pass(fixture, 6);

          use.accept(open(fixture, user, policy));

          assertLives(fixture, policy, minutes - 6, creator + ", " + user);
        }
      }
    }
  }

  private static void assertLives(
      TestCaches fixture, Factory<ExpiryPolicy> policy, int minutes, String who) {
    pass(fixture, minutes);
    fixture.clock().advance(java.time.Duration.ofMillis(-1));
    for (String choice : CHOICES) {
      assertThat(open(fixture, choice, policy).containsKey("k")).as(who).isTrue();
    }
    fixture.clock().advance(java.time.Duration.ofMillis(1));
    for (String choice : CHOICES) {
      assertThat(open(fixture, choice, policy).containsKey("k")).as(who).isFalse();
    }
  }

  @Test
  void accessesAndUpdatesOfDifferentClientsAddUpToNothing() {
    Cache<String, String> server = open(caches, "auto", AccessedExpiryPolicy.factoryOf(TEN));
    Cache<String, String> exact = open(caches, "exact", AccessedExpiryPolicy.factoryOf(TEN));
    server.put("k", "v");

    for (int minute = 1; minute < 10; minute++) {
      pass(caches, 1);
      server.put("k", "by server");
      exact.put("k", "by exact");
    }

    pass(caches, 1);
    assertThat(server.containsKey("k")).isFalse();
    assertThat(exact.containsKey("k")).isFalse();
  }

  /** Each move between the two places would cost up to two seconds. */
  @Test
  void deadlineThatStaysTheSameStaysWhereItIs() {
    Cache<String, String> auto = open(caches, "auto", AccessedExpiryPolicy.factoryOf(TEN));
    Cache<String, String> exact = open(caches, "exact", AccessedExpiryPolicy.factoryOf(TEN));
    auto.put("k", "v");
    exact.put("exact", "v");
    pass(caches, 1);

    exact.put("k", "w");
    auto.put("exact", "w");

    assertThat(endsAtStore("k")).isTrue();
    assertThat(endsAtStore("exact")).isFalse();
    exact.get("k");
    auto.get("exact");
    assertThat(endsAtStore("k")).isFalse();
    assertThat(endsAtStore("exact")).isTrue();
  }

  private boolean endsAtStore(String key) {
    StoredItem item =
        caches.memory().send(List.of(new Command.Get("test:test:s." + key))).join().get(0).item();
    return Envelope.open(requireNonNull(item).flags(), item.data()).endsAtStore();
  }

  @Test
  void accessOfAnotherClientsEternalEntryGivesItADeadline() {
    caches.openRival(TestCaches.configuration()).put("k", "v");

    open(caches, "auto", AccessedExpiryPolicy.factoryOf(TEN)).get("k");

    assertLives(caches, AccessedExpiryPolicy.factoryOf(TEN), 10, "eternal");
  }

  @Test
  void accessShortensALongerDeadline() {
    Duration hour = Duration.ONE_HOUR;
    open(caches, "exact", CreatedExpiryPolicy.factoryOf(hour)).put("k", "v");

    open(caches, "auto", AccessedExpiryPolicy.factoryOf(TEN)).get("k");

    assertLives(caches, AccessedExpiryPolicy.factoryOf(TEN), 10, "created");
  }

  @Test
  void entryWithDeadlineIsStoredAgainOnce() {
    Factory<ExpiryPolicy> policy = AccessedExpiryPolicy.factoryOf(TEN);
    open(caches, "exact", policy).put("k", "v");
    Cache<String, String> cache = caches.open(configuration("auto", policy));
    pass(caches, 1);

    assertThat(cache.get("k")).isEqualTo("v");
    assertThat(cache.get("k")).isEqualTo("v");

    assertThat(caches.counting().roundTrips())
        .containsExactly("TouchingGet", "CompareAndSet", "TouchingGet");
  }

  @Test
  void settingMakesShortDurationsTheServersToo() {
    Factory<ExpiryPolicy> policy = AccessedExpiryPolicy.factoryOf(new Duration(SECONDS, 2));
    Cache<String, String> cache = caches.open(configuration("server", policy));
    cache.put("k", "v");
    caches.counting().reset();

    assertThat(cache.get("k")).isEqualTo("v");

    assertThat(caches.counting().roundTrips()).containsExactly("TouchingGet");
  }

  @Test
  void listenerThatComesLaterIsToldOfWhatIsAccessedSince() {
    RecordingListener listener = new RecordingListener();
    Cache<String, String> cache = open(caches, "auto", AccessedExpiryPolicy.factoryOf(TEN));
    cache.put("accessed", "v");
    cache.put("left alone", "v");

    cache.registerCacheEntryListener(listener.synchronous());
    pass(caches, 1);
    cache.get("accessed");
    cache.put("new", "v");
    pass(caches, 10);

    assertThat(cache.getAll(Set.of("accessed", "left alone", "new"))).isEmpty();
    assertThat(listener.events())
        .containsExactlyInAnyOrder("CREATED new=v", "EXPIRED accessed=v (v)", "EXPIRED new=v (v)");
  }

  @Test
  void withoutItsListenerAnAccessIsOneRoundTripAgain() {
    var registration = new RecordingListener().synchronous();
    Cache<String, String> cache =
        caches.open(configuration("auto", AccessedExpiryPolicy.factoryOf(TEN)));
    cache.registerCacheEntryListener(registration);
    cache.put("k", "v");
    cache.deregisterCacheEntryListener(registration);
    pass(caches, 1);
    cache.get("k");
    caches.counting().reset();

    cache.get("k");

    assertThat(caches.counting().roundTrips()).containsExactly("TouchingGet");
    assertLives(caches, AccessedExpiryPolicy.factoryOf(TEN), 10, "deregistered");
  }

  @Test
  void iteratorKeepsItsPromise() {
    Cache<String, String> cache = open(caches, "auto", AccessedExpiryPolicy.factoryOf(TEN));
    cache.put("k", "v");
    Iterator<Cache.Entry<String, String>> entries = cache.iterator();
    assertThat(entries.hasNext()).isTrue();

    pass(caches, 10);

    assertThat(entries.next().getValue()).isEqualTo("v");
    assertThat(cache.containsKey("k")).isFalse();
  }

  /** Of an entry in a page, the end is only known to two seconds. */
  @Test
  void iteratorLeavesOutWhatExpiresWithoutAPromise() {
    Cache<String, String> cache = open(caches, "auto", AccessedExpiryPolicy.factoryOf(TEN));
    cache.put("a", "v");
    cache.put("b", "v");
    cache.put("c", "v");
    Iterator<Cache.Entry<String, String>> entries = cache.iterator();
    entries.next();

    pass(caches, 10);
    caches.clock().advance(java.time.Duration.ofMillis(1999));
    assertThat(entries.next().getValue()).isEqualTo("v");
    caches.clock().advance(java.time.Duration.ofMillis(1));

    assertThat(entries.hasNext()).isFalse();
  }

  /** What a server says of the end may be two seconds early. */
  @Test
  void iteratorAccessesWhatTheStoreStillHas() {
    Cache<String, String> cache = open(caches, "auto", AccessedExpiryPolicy.factoryOf(TEN));
    cache.put("k", "v");
    Iterator<Cache.Entry<String, String>> entries = cache.iterator();
    assertThat(entries.hasNext()).isTrue();
    long late = caches.clock().millis() + java.time.Duration.ofMinutes(11).toMillis();
    caches.memory().send(List.of(new Command.Get("test:test:s.k", late))).join();
    pass(caches, 10);

    assertThat(entries.next().getValue()).isEqualTo("v");

    assertLives(caches, AccessedExpiryPolicy.factoryOf(TEN), 10, "iterated");
  }

  private static void pass(TestCaches caches, int minutes) {
    caches.clock().advance(java.time.Duration.ofMinutes(minutes));
  }

  private static Cache<String, String> open(
      TestCaches caches, String choice, Factory<ExpiryPolicy> policy) {
    return caches.openRival(configuration(choice, policy));
  }

  private static MutableConfiguration<String, String> configuration(
      String choice, Factory<ExpiryPolicy> policy) {
    return new MemcachedConfiguration<String, String>()
        .set("access.expiry", choice)
        .setExpiryPolicyFactory(policy);
  }
}
