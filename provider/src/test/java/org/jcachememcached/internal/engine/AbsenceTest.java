package org.jcachememcached.internal.engine;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.management.CacheStatisticsMXBean;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;
import org.jcachememcached.MemcachedConfiguration;
import org.jcachememcached.TestCaches;
import org.jcachememcached.testing.RecordingListener;
import org.jcachememcached.testing.RecordingLoader;
import org.jcachememcached.testing.RecordingWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is stored and yet is no entry is absent, for all operations alike and in caches of every
 * kind: each of them ends as it does where nothing is stored.
 */
class AbsenceTest {

  /** A call to a cache, and its answer. */
  private interface Use extends Function<Cache<String, String>, @Nullable Object> {}

  private static final Map<String, Use> OPERATIONS = new LinkedHashMap<>();

  static {
    OPERATIONS.put("get", c -> c.get("k"));
    OPERATIONS.put("getAll", c -> c.getAll(Set.of("k", "other")));
    OPERATIONS.put("containsKey", c -> c.containsKey("k"));
    OPERATIONS.put("put", c -> run(() -> c.put("k", "new")));
    OPERATIONS.put("putAll", c -> run(() -> c.putAll(Map.of("k", "new", "other", "o"))));
    OPERATIONS.put("getAndPut", c -> c.getAndPut("k", "new"));
    OPERATIONS.put("putIfAbsent", c -> c.putIfAbsent("k", "new"));
    OPERATIONS.put("replace", c -> c.replace("k", "new"));
    OPERATIONS.put("replace equal", c -> c.replace("k", "old", "new"));
    OPERATIONS.put("getAndReplace", c -> c.getAndReplace("k", "new"));
    OPERATIONS.put("remove", c -> c.remove("k"));
    OPERATIONS.put("remove equal", c -> c.remove("k", "old"));
    OPERATIONS.put("getAndRemove", c -> c.getAndRemove("k"));
    OPERATIONS.put("removeAll(keys)", c -> run(() -> c.removeAll(Set.of("k"))));
    OPERATIONS.put("removeAll()", c -> run(c::removeAll));
    OPERATIONS.put("invoke: exists", c -> c.invoke("k", (entry, arguments) -> entry.exists()));
    OPERATIONS.put("invoke: get", c -> c.invoke("k", (entry, arguments) -> entry.getValue()));
    OPERATIONS.put("invoke: set", c -> c.invoke("k", AbsenceTest::set));
    OPERATIONS.put("invoke: remove", c -> c.invoke("k", AbsenceTest::remove));
    OPERATIONS.put("invokeAll", AbsenceTest::invokeAll);
    OPERATIONS.put("iteration", AbsenceTest::entries);
    OPERATIONS.put("loadAll", c -> load(c, false));
    OPERATIONS.put("loadAll replacing", c -> load(c, true));
  }

  private static final Map<String, List<@Nullable Object>> EFFECTS_WHERE_NOTHING_IS =
      new HashMap<>();

  private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

  /** A kind of cache, with or without listeners. */
  private interface Kind {
    MutableConfiguration<String, String> configuration(Hearsay hearsay);
  }

  static {
    KINDS.put("plain", hearsay -> TestCaches.configuration());
    KINDS.put("counted", hearsay -> TestCaches.configuration().setStatisticsEnabled(true));
    KINDS.put(
        "created expiry",
        hearsay ->
            TestCaches.configuration()
                .setStatisticsEnabled(true)
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(aMinute())));
    KINDS.put(
        "modified expiry",
        hearsay ->
            TestCaches.configuration()
                .setExpiryPolicyFactory(ModifiedExpiryPolicy.factoryOf(aMinute())));
    KINDS.put(
        "accessed expiry",
        hearsay ->
            TestCaches.configuration()
                .setExpiryPolicyFactory(AccessedExpiryPolicy.factoryOf(aMinute())));
    KINDS.put(
        "stale",
        hearsay ->
            new MemcachedConfiguration<String, String>()
                .set("stale.for", "1m")
                .setStatisticsEnabled(true));
    KINDS.put(
        "listener",
        hearsay ->
            TestCaches.configuration()
                .setStatisticsEnabled(true)
                .addCacheEntryListenerConfiguration(hearsay.listener.synchronous()));
    KINDS.put("loader", hearsay -> hearsay.loader.configuration().setStatisticsEnabled(true));
    KINDS.put("writer", hearsay -> hearsay.writer.configuration().setStatisticsEnabled(true));
  }

  private static Duration aMinute() {
    return new Duration(MINUTES, 1);
  }

  /** The calls of listeners, loader and writer. */
  private static final class Hearsay {
    final RecordingListener listener = new RecordingListener();
    final RecordingLoader loader = new RecordingLoader();
    final RecordingWriter writer = new RecordingWriter();

    List<List<String>> all() {
      return List.of(listener.events(), loader.calls(), writer.calls());
    }
  }

  static Stream<Arguments> leftoversInCaches() {
    return Arrays.stream(Leftovers.values())
        .flatMap(leftover -> KINDS.keySet().stream().map(kind -> Arguments.of(leftover, kind)))
        // A client with a listener for expired entries publishes that once.
        .filter(
            each -> !each.get()[0].equals(Leftovers.EXPIRED) || !each.get()[1].equals("listener"));
  }

  @ParameterizedTest
  @MethodSource("leftoversInCaches")
  void areAbsentForAllOperations(Leftovers leftover, String kind) {
    OPERATIONS.forEach(
        (name, operation) ->
            assertThat(effect(caches -> plant(leftover, caches), kind, operation))
                .as(name)
                .isEqualTo(effectWhereNothingIs(kind, name)));
  }

  private static List<@Nullable Object> effectWhereNothingIs(String kind, String name) {
    return EFFECTS_WHERE_NOTHING_IS.computeIfAbsent(
        kind + ", " + name,
        key -> effect(caches -> {}, kind, requireNonNull(OPERATIONS.get(name))));
  }

  private static void plant(Leftovers leftover, TestCaches caches) {
    leftover.plant(caches.memory(), caches.clock());
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "counted", "modified expiry", "loader"})
  void areAbsentAsOtherClientsLeaveThem(String kind) {
    OPERATIONS.forEach(
        (name, operation) -> {
          assertThat(effect(AbsenceTest::leaveTombstone, kind, operation))
              .as("%s, tombstone", name)
              .isEqualTo(effectWhereNothingIs(kind, name));
          assertThat(effect(AbsenceTest::leaveExpired, kind, operation))
              .as("%s, expired", name)
              .isEqualTo(effectWhereNothingIs(kind, name));
        });
  }

  private static void leaveTombstone(TestCaches caches) {
    Cache<String, String> writing = caches.openRival(typed(new RecordingWriter().configuration()));
    writing.put("k", "old");
    writing.remove("k");
    assertThat(caches.storedKeys()).isNotEmpty();
  }

  private static void leaveExpired(TestCaches caches) {
    Cache<String, String> listening =
        caches.openRival(
            typed(TestCaches.configuration())
                .addCacheEntryListenerConfiguration(new RecordingListener().synchronous())
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(new Duration(SECONDS, 1))));
    listening.put("k", "old");
    caches.clock().advance(java.time.Duration.ofSeconds(1));
    assertThat(caches.storedKeys()).isNotEmpty();
  }

  /** Everything observable of an operation, and what it leaves in the store. */
  private static List<@Nullable Object> effect(
      Consumer<TestCaches> before, String kind, Use operation) {
    try (TestCaches caches = new TestCaches("memory:test?on.failure=degrade")) {
      Hearsay hearsay = new Hearsay();
      MutableConfiguration<String, String> configuration =
          typed(requireNonNull(KINDS.get(kind)).configuration(hearsay));
      Cache<String, String> cache = caches.open(configuration);
      before.accept(caches);
      List<@Nullable Object> effect = new ArrayList<>();
      effect.add(operation.apply(cache));
      effect.add(hearsay.all());
      if (configuration.isStatisticsEnabled()) {
        effect.add(counts(caches.statistics()));
      }
      Cache<String, String> rival = caches.openRival(typed(TestCaches.configuration()));
      effect.add(rival.get("k"));
      caches.clock().advance(java.time.Duration.ofSeconds(59));
      effect.add(rival.get("k"));
      caches.clock().advance(java.time.Duration.ofSeconds(1));
      effect.add(rival.get("k"));
      return effect;
    }
  }

  private static MutableConfiguration<String, String> typed(
      MutableConfiguration<String, String> configuration) {
    return configuration.setTypes(String.class, String.class);
  }

  private static List<Long> counts(CacheStatisticsMXBean statistics) {
    return List.of(
        statistics.getCacheHits(),
        statistics.getCacheMisses(),
        statistics.getCachePuts(),
        statistics.getCacheRemovals());
  }

  private static @Nullable Object run(Runnable call) {
    call.run();
    return null;
  }

  private static @Nullable Object set(MutableEntry<String, String> entry, Object... arguments) {
    entry.setValue("new");
    return null;
  }

  private static @Nullable Object remove(MutableEntry<String, String> entry, Object... arguments) {
    entry.remove();
    return null;
  }

  private static Object invokeAll(Cache<String, String> cache) {
    EntryProcessor<String, String, Boolean> processor =
        (entry, arguments) -> {
          boolean there = entry.exists();
          entry.setValue("new");
          return there;
        };
    return requireNonNull(cache.invokeAll(Set.of("k"), processor).get("k")).get();
  }

  private static Object entries(Cache<String, String> cache) {
    List<String> entries = new ArrayList<>();
    cache.forEach(entry -> entries.add(entry.getKey() + "=" + entry.getValue()));
    return entries;
  }

  private static @Nullable Object load(Cache<String, String> cache, boolean replacing) {
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(Set.of("k", "other"), replacing, done);
    try {
      done.get(10, SECONDS);
    } catch (Exception e) {
      return e.toString();
    }
    return null;
  }
}
