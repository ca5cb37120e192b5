package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The runtime type check: whose keys and values are checked, and what becomes of wrong ones. */
@SuppressWarnings({"unchecked", "rawtypes"}) // Wrong types are what is tested.
class RuntimeTypesTest {

  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  /** A call to a cache. */
  private interface Use extends Consumer<Cache<Object, Object>> {}

  static Stream<Named<Use>> callsWithAWrongType() {
    return Stream.of(
        Named.of("get", c -> c.get(1)),
        Named.of("getAll", c -> c.getAll(Set.of(1))),
        Named.of("containsKey", c -> c.containsKey(1)),
        Named.of("put key", c -> c.put(1, 1)),
        Named.of("put value", c -> c.put("k", "text")),
        Named.of("putAll", c -> c.putAll(Map.of("k", "text"))),
        Named.of("putIfAbsent", c -> c.putIfAbsent("k", "text")),
        Named.of("getAndPut", c -> c.getAndPut("k", "text")),
        Named.of("replace", c -> c.replace("k", "text")),
        Named.of("remove equal", c -> c.remove("k", "text")),
        Named.of("invoke key", c -> c.invoke(1, (entry, arguments) -> null)),
        Named.of("setValue", c -> c.invoke("k", RuntimeTypesTest::setText)));
  }

  private static @Nullable Object setText(MutableEntry<Object, Object> entry, Object... arguments) {
    entry.setValue("text");
    return null;
  }

  @ParameterizedTest
  @MethodSource("callsWithAWrongType")
  void theCallerErrs(Use call) {
    Cache<Object, Object> cache = numbers(configuration());

    assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> call.accept(cache));

    assertThat(caches.storedKeys()).isEmpty();
  }

  @Test
  void aProcessorThatSetsAWrongValueLearnsItAtOnce() {
    Cache<Object, Object> cache = numbers(configuration());

    Throwable thrown =
        cache.invoke("k", (entry, arguments) -> catchThrowable(() -> setText(entry, arguments)));

    assertThat(thrown)
        .isInstanceOf(ClassCastException.class)
        .hasMessage(
            "The value is a java.lang.String, this cache is configured for a java.lang.Integer");
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void aWrongValueIsTheResultOfItsKey() {
    Cache<Object, Object> cache = numbers(configuration());

    var results = cache.invokeAll(Set.of("k"), RuntimeTypesTest::setText);

    assertThat(results)
        .extractingByKey("k")
        .satisfies(
            result ->
                assertThatExceptionOfType(EntryProcessorException.class)
                    .isThrownBy(result::get)
                    .withCauseInstanceOf(ClassCastException.class));
  }

  @Test
  void whatAProcessorCastsWrongIsItsOwnAffair() {
    Cache<Object, Object> cache = numbers(configuration());

    assertThatExceptionOfType(EntryProcessorException.class)
        .isThrownBy(() -> cache.invoke("k", (entry, arguments) -> (Integer) entry.getKey()))
        .withCauseInstanceOf(ClassCastException.class);
  }

  @Test
  void theLoaderErrs() {
    MutableConfiguration<Object, Object> reading =
        configuration().setReadThrough(true).setCacheLoaderFactory(LoaderOfTexts::new);
    Cache<Object, Object> cache = numbers(reading);

    assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> cache.get("k"));
    assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> cache.getAll(Set.of("k")));
    assertThatExceptionOfType(ClassCastException.class)
        .isThrownBy(() -> cache.invoke("k", (entry, arguments) -> entry.getValue()));
    for (boolean replacing : new boolean[] {false, true}) {
      CompletionListenerFuture loaded = new CompletionListenerFuture();
      cache.loadAll(Set.of("k"), replacing, loaded);
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> loaded.get(10, TimeUnit.SECONDS))
          .withCauseInstanceOf(ClassCastException.class);
    }

    assertThat(caches.storedKeys()).isEmpty();
  }

  @Test
  void whatTheStoreHoldsOfAnotherTypeIsNoEntry() {
    Cache<Object, Object> anything = caches.openRival(new MutableConfiguration<Object, Object>());
    anything.put("text", "text");
    anything.put(42, 42);
    anything.put(List.of("k"), 42);
    anything.put("number", 1);
    Cache<Object, Object> cache = numbers(configuration());

    assertThat(cache.get("text")).isNull();
    assertThat(cache.containsKey("text")).isFalse();
    assertThat(cache).extracting(Cache.Entry::getKey).containsExactly("number");
    assertThat(cache.putIfAbsent("text", 2)).isTrue();
    assertThat(cache.get("text")).isEqualTo(2);
  }

  @Test
  void subclassesAndImplementationsAreOfTheType() {
    Cache cache =
        caches.open(new MutableConfiguration().setTypes(CharSequence.class, Number.class));

    cache.put("k", 1);
    cache.put("l", 2.5);

    assertThat(cache.getAll(Set.of("k", "l"))).isEqualTo(Map.of("k", 1, "l", 2.5));
    assertThat((Iterable<?>) cache).hasSize(2);
  }

  static Stream<Named<Serializable>> keysThatAreReadBackAsAnotherClass() {
    return Stream.of(
        Named.of("a list", new ArrayList<>(List.of("a"))),
        Named.of("a sorted set", new TreeSet<>(Set.of("a"))),
        Named.of("a linked map", new LinkedHashMap<>(Map.of("a", 1))));
  }

  @ParameterizedTest
  @MethodSource("keysThatAreReadBackAsAnotherClass")
  void aCollectionIsAKeyWhateverItsClass(Serializable key) {
    Cache cache = caches.open(new MutableConfiguration().setTypes(key.getClass(), Integer.class));
    cache.put(key, 1);

    Map<Object, Object> seen = new HashMap<>();
    ((Cache<Object, Object>) cache).forEach(e -> seen.put(e.getKey(), e.getValue()));

    assertThat(seen).isEqualTo(Map.of(key, 1));
  }

  private Cache<Object, Object> numbers(MutableConfiguration<Object, Object> configuration) {
    MutableConfiguration raw = configuration;
    return caches.open(raw.setTypes(String.class, Integer.class));
  }

  private static MutableConfiguration<Object, Object> configuration() {
    return new MutableConfiguration<>();
  }

  /** Loads what the cache must not hold. */
  private static final class LoaderOfTexts implements CacheLoader<Object, Object> {

    @Override
    public Object load(Object key) {
      return "text";
    }

    @Override
    public Map<Object, Object> loadAll(Iterable<?> keys) {
      Map<Object, Object> loaded = new HashMap<>();
      keys.forEach(key -> loaded.put(key, "text"));
      return loaded;
    }
  }
}
