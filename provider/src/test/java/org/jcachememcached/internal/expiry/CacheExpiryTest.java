package org.jcachememcached.internal.expiry;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.processor.MutableEntry;
import org.jcachememcached.TestCaches;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Entries expire to the millisecond, as every operation sees them. */
class CacheExpiryTest {

  private static final Duration HUNDRED = new Duration(MILLISECONDS, 100);

  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  /** Whether an operation finds a live entry of the key {@code k} with the value {@code v}. */
  private interface Probe extends Predicate<Cache<String, String>> {}

  /** A call to a cache. */
  private interface Use extends Consumer<Cache<String, String>> {}

  static Stream<Named<Probe>> probes() {
    return Stream.of(
        Named.of("get", c -> c.get("k") != null),
        Named.of("getAll", c -> c.getAll(Set.of("k")).containsKey("k")),
        Named.of("containsKey", c -> c.containsKey("k")),
        Named.of("getAndPut", c -> c.getAndPut("k", "w") != null),
        Named.of("putIfAbsent", c -> !c.putIfAbsent("k", "w")),
        Named.of("replace", c -> c.replace("k", "w")),
        Named.of("replace equal", c -> c.replace("k", "v", "w")),
        Named.of("getAndReplace", c -> c.getAndReplace("k", "w") != null),
        Named.of("remove", c -> c.remove("k")),
        Named.of("remove equal", c -> c.remove("k", "v")),
        Named.of("getAndRemove", c -> c.getAndRemove("k") != null),
        Named.of("invoke", c -> c.invoke("k", (entry, arguments) -> entry.exists())),
        Named.of("iterator", c -> c.iterator().hasNext()));
  }

  @ParameterizedTest
  @MethodSource("probes")
  void entryLivesUntilItsDeadline(Probe probe) {
    for (long millis : new long[] {99, 100, 101}) {
      try (TestCaches fixture = new TestCaches()) {
        Cache<String, String> cache = open(fixture, CreatedExpiryPolicy.factoryOf(HUNDRED));
        cache.put("k", "v");

        fixture.clock().advance(java.time.Duration.ofMillis(millis));

        assertThat(probe.test(cache)).as("after %d ms", millis).isEqualTo(millis < 100);
      }
    }
  }

  static Stream<Arguments> policies() {
    return Stream.of(
        policy("created", CreatedExpiryPolicy.factoryOf(HUNDRED), 100, 100, 100),
        policy("modified", ModifiedExpiryPolicy.factoryOf(HUNDRED), 100, 160, 100),
        policy("accessed", AccessedExpiryPolicy.factoryOf(HUNDRED), 100, 100, 160),
        policy("touched", TouchedExpiryPolicy.factoryOf(HUNDRED), 100, 160, 160),
        policy("custom", custom(10, 30, 20), 10, 20, 30),
        policy("custom without answers", custom(100, null, null), 100, 100, 100));
  }

  /** How many ms after its creation an entry expires: unused, updated or read after 60 ms. */
  private static Arguments policy(
      String name, Factory<ExpiryPolicy> factory, int unused, int updated, int read) {
    return Arguments.of(Named.of(name, factory), unused, updated, read);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void policyDecidesWhenAnEntryExpires(
      Factory<ExpiryPolicy> policy, int unused, int updated, int read) {
    boolean custom = unused == 10;
    assertLives(policy, cache -> {}, 0, unused);
    assertLives(policy, cache -> cache.put("k", "w"), custom ? 0 : 60, updated);
    assertLives(policy, cache -> cache.get("k"), custom ? 0 : 60, read);
    assertLives(policy, cache -> cache.iterator().next(), custom ? 0 : 60, read);
    assertLives(policy, cache -> cache.getAll(Set.of("k")), custom ? 0 : 60, read);
    assertLives(policy, cache -> cache.containsKey("k"), custom ? 0 : 60, unused);
  }

  /** As {@code get} and then {@code put} would (EntryProcessor, example 1). */
  @ParameterizedTest
  @MethodSource("policies")
  void aProcessorThatReadsAndThenWritesDoesBoth(
      Factory<ExpiryPolicy> policy, int unused, int updated, int read) {
    boolean custom = unused == 10;
    int after = custom ? 0 : 60;
    assertLives(policy, processing(MutableEntry::getValue), after, read);
    assertLives(policy, processing(entry -> entry.setValue("w")), after, updated);
    assertLives(
        policy,
        processing(
            entry -> {
              entry.setValue("w");
              entry.getValue();
            }),
        after,
        updated);
    assertLives(
        policy,
        processing(entry -> entry.setValue(entry.getValue() + "w")),
        after,
        custom ? updated : Math.max(read, updated));
  }

  private static Use processing(Consumer<MutableEntry<String, String>> work) {
    return cache ->
        cache.invoke(
            "k",
            (entry, arguments) -> {
              work.accept(entry);
              return null;
            });
  }

  private static void assertLives(
      Factory<ExpiryPolicy> policy, Use use, int usedAfter, int livesFor) {
    try (TestCaches fixture = new TestCaches()) {
      Cache<String, String> cache = open(fixture, policy);
      cache.put("k", "v");
      fixture.clock().advance(java.time.Duration.ofMillis(usedAfter));
      use.accept(cache);

      fixture.clock().advance(java.time.Duration.ofMillis(livesFor - usedAfter - 1));
      assertThat(cache.containsKey("k")).as("%d ms after its creation", livesFor - 1).isTrue();
      fixture.clock().advance(java.time.Duration.ofMillis(1));
      assertThat(cache.containsKey("k")).as("%d ms after its creation", livesFor).isFalse();
    }
  }

  @Test
  void zeroOnCreationStoresNothing() {
    Cache<String, String> cache = open(caches, CreatedExpiryPolicy.factoryOf(Duration.ZERO));

    cache.put("k", "v");

    assertThat(cache.putIfAbsent("k", "v")).isTrue();
    assertThat(caches.storedKeys()).isEmpty();
  }

  @Test
  void zeroOnUpdateAndAccessRemoves() {
    Cache<String, String> updated = open(caches, custom(100, null, 0));
    updated.put("k", "v");
    updated.put("k", "w");
    assertThat(updated.containsKey("k")).isFalse();

    Cache<String, String> accessed = open(caches, custom(100, 0, null));
    accessed.put("k", "v");
    assertThat(accessed.get("k")).isEqualTo("v");
    assertThat(caches.storedKeys()).isEmpty();
  }

  @Test
  void policyThatThrowsDecidesNothing() {
    ExpiryPolicy broken =
        new ExpiryPolicy() {
          @Override
          public Duration getExpiryForCreation() {
            throw new IllegalStateException("scripted");
          }

          @Override
          public Duration getExpiryForAccess() {
            throw new IllegalStateException("scripted");
          }

          @Override
          public Duration getExpiryForUpdate() {
            throw new IllegalStateException("scripted");
          }
        };
    Cache<String, String> cache = open(caches, new SingletonFactory<>(broken));

    cache.put("k", "v");
    cache.put("k", "w");
    caches.clock().advance(java.time.Duration.ofDays(10_000));

    assertThat(cache.get("k")).isEqualTo("w");
  }

  @Test
  void hugeDurationsDoNotOverflow() {
    Duration huge = new Duration(MILLISECONDS, Long.MAX_VALUE);
    Cache<String, String> cache = open(caches, TouchedExpiryPolicy.factoryOf(huge));

    cache.put("k", "v");
    caches.clock().advance(java.time.Duration.ofDays(10_000));

    assertThat(cache.get("k")).isEqualTo("v");
  }

  @Test
  void accessLeavesTheValueAsItIs() {
    Cache<String, String> cache = open(caches, AccessedExpiryPolicy.factoryOf(HUNDRED));
    cache.put("k", "v\uD800");

    for (int i = 0; i < 3; i++) {
      caches.clock().advance(java.time.Duration.ofMillis(99));
      assertThat(cache.get("k")).isEqualTo("v\uD800");
    }
  }

  @Test
  void iteratorKeepsItsPromise() {
    Cache<String, String> cache = open(caches, AccessedExpiryPolicy.factoryOf(HUNDRED));
    cache.put("k", "v");
    Iterator<Cache.Entry<String, String>> entries = cache.iterator();
    assertThat(entries.hasNext()).isTrue();

    caches.clock().advance(java.time.Duration.ofMillis(100));

    assertThat(entries.hasNext()).isTrue();
    assertThat(entries.next().getValue()).isEqualTo("v");
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void iteratorLeavesOutWhatExpiresWithoutAPromise() {
    Cache<String, String> cache = open(caches, CreatedExpiryPolicy.factoryOf(HUNDRED));
    cache.put("a", "v");
    cache.put("b", "v");
    Iterator<Cache.Entry<String, String>> entries = cache.iterator();
    assertThat(entries.next().getValue()).isEqualTo("v");

    caches.clock().advance(java.time.Duration.ofMillis(100));

    assertThat(entries.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(entries::next);
  }

  private static Cache<String, String> open(TestCaches caches, Factory<ExpiryPolicy> policy) {
    return caches.open(TestCaches.configuration().setExpiryPolicyFactory(policy));
  }

  /** A policy of durations in ms, null for no answer, which the provider does not know. */
  private static Factory<ExpiryPolicy> custom(
      @Nullable Integer creation, @Nullable Integer access, @Nullable Integer update) {
    return new SingletonFactory<>(new Custom(millis(creation), millis(access), millis(update)));
  }

  private static @Nullable Duration millis(@Nullable Integer millis) {
    return millis == null ? null : new Duration(MILLISECONDS, millis);
  }

  private record Custom(
      @Nullable Duration creation, @Nullable Duration access, @Nullable Duration update)
      implements ExpiryPolicy {

    @Override
    public @Nullable Duration getExpiryForCreation() {
      return creation;
    }

    @Override
    public @Nullable Duration getExpiryForAccess() {
      return access;
    }

    @Override
    public @Nullable Duration getExpiryForUpdate() {
      return update;
    }
  }
}
