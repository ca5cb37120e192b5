package org.jcachememcached;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.api.EntryOptions.tagged;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.integration.CompletionListenerFuture;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.testing.FailingStore;
import org.jcachememcached.testing.RecordingLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a near cache has to forget, and when. */
class NearCacheChangesTest extends NearCaches {

  static Stream<Arguments> changes() {
    return Stream.of(
        change("put", cache -> cache.put("k", "new"), "new"),
        change("putAll", cache -> cache.putAll(Map.of("k", "new")), "new"),
        change("putAll with options", c -> c.putAll(Map.of("k", "new"), tagged("t")), "new"),
        change("getAndPut", cache -> cache.getAndPut("k", "new"), "new"),
        change("replace", cache -> cache.replace("k", "new"), "new"),
        change("replace if equal", cache -> cache.replace("k", "v", "new"), "new"),
        change("getAndReplace", cache -> cache.getAndReplace("k", "new"), "new"),
        change(
            "replace version",
            cache -> cache.replace("k", "new", requireNonNull(cache.getVersioned("k")).version()),
            "new"),
        change("remove", cache -> cache.remove("k"), null),
        change("remove if equal", cache -> cache.remove("k", "v"), null),
        change("getAndRemove", cache -> cache.getAndRemove("k"), null),
        change("removeAll of keys", cache -> cache.removeAll(Set.of("k")), null),
        change("removeEach", cache -> cache.removeEach(Set.of("k")), null),
        change("removeAll", MemcachedCache::removeAll, null),
        change("clear", MemcachedCache::clear, null),
        change(
            "invoke",
            cache ->
                cache.invoke(
                    "k",
                    (entry, arguments) -> {
                      entry.setValue("new");
                      return null;
                    }),
            "new"),
        change(
            "invokeAll",
            cache ->
                cache.invokeAll(
                    Set.of("k"),
                    (entry, arguments) -> {
                      entry.remove();
                      return null;
                    }),
            null),
        change("touch", cache -> cache.touch("k", Duration.ZERO), null),
        change("touchAll", cache -> cache.touchAll(Set.of("k"), Duration.ZERO), null),
        change(
            "iterator",
            cache -> {
              var entries = cache.iterator();
              entries.next();
              entries.remove();
            },
            null));
  }

  private static Arguments change(
      String name, Consumer<MemcachedCache<String, String>> change, @Nullable String after) {
    return Arguments.of(name, change, after);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void aChangeIsSeenAtOnce(
      String name, Consumer<MemcachedCache<String, String>> change, @Nullable String after) {
    MemcachedCache<String, String> cache = openWithEntry();
    MemcachedCache<String, String> neighbour = open();
    assertThat(neighbour.get("k")).isEqualTo("v");

    change.accept(cache);

    assertThat(cache.get("k")).isEqualTo(after);
    assertThat(neighbour.get("k")).isEqualTo(after);
  }

  @Test
  void aChangeByACacheWithoutNearCacheIsSeenAtOnce() {
    MemcachedCache<String, String> cache = openWithEntry();
    MemcachedCache<String, String> far =
        open(new MemcachedConfiguration<String, String>().set("near.cache", "false"));

    far.put("k", "new");

    assertThat(cache.get("k")).isEqualTo("new");
  }

  /** In place of an entry that was removed elsewhere. */
  @Test
  void whatACacheWithoutNearCacheComputesIsSeenAtOnce() {
    MemcachedCache<String, String> cache = openWithEntry();
    MemcachedCache<String, String> far =
        open(new MemcachedConfiguration<String, String>().set("near.cache", "false"));
    rival().remove("k");

    assertThat(far.getOrCompute("k", key -> "new")).isEqualTo("new");

    assertThat(cache.get("k")).isEqualTo("new");
  }

  @Test
  void numbersAndAppendixesAreSeenAtOnce() {
    MemcachedCache<String, Long> numbers =
        open(new MutableConfiguration<String, Long>().setTypes(String.class, Long.class));
    numbers.increment("n", 1, 5);
    assertThat(numbers.get("n")).isEqualTo(5);

    numbers.increment("n", 2);

    assertThat(numbers.get("n")).isEqualTo(7);
  }

  private static void loadAll(Cache<String, String> cache, Set<String> keys, boolean replace) {
    CompletionListenerFuture loaded = new CompletionListenerFuture();
    cache.loadAll(keys, replace, loaded);
    assertThatCode(loaded::get).doesNotThrowAnyException();
  }

  @Test
  void aLoadIsSeenAtOnce() {
    RecordingLoader loader = new RecordingLoader(key -> "loaded");
    MemcachedCache<String, String> cache = open(loader.configuration());
    cache.put("k", "v");
    cache.get("k");

    loadAll(cache, Set.of("k"), true);

    assertThat(cache.get("k")).isEqualTo("loaded");
  }

  @Test
  void aLoadOfWhatIsAbsentAsksTheStore() {
    RecordingLoader loader = new RecordingLoader(key -> "loaded");
    MemcachedCache<String, String> cache = open(loader.configuration().setReadThrough(false));
    cache.put("k", "v");
    cache.get("k");
    rival().remove("k");

    loadAll(cache, Set.of("k"), false);

    assertThat(cache.get("k")).isEqualTo("loaded");
  }

  @Test
  void aReadDoesNotKeepWhatWasChangedMeanwhile() {
    MemcachedCache<String, String> cache = open();
    MemcachedCache<String, String> neighbour = open();
    cache.put("k", "v");
    caches.racing().after(Command.Get.class, () -> neighbour.put("k", "new"));

    assertThat(cache.get("k")).isEqualTo("v");

    assertThat(cache.get("k")).isEqualTo("new");
  }

  @Test
  void aReadDoesNotKeepWhatWasClearedMeanwhile() {
    MemcachedCache<String, String> cache = open();
    MemcachedCache<String, String> neighbour = open();
    cache.put("k", "v");
    caches.racing().after(Command.Get.class, neighbour::clear);

    assertThat(cache.get("k")).isEqualTo("v");

    assertThat(cache.get("k")).isNull();
  }

  @Test
  void whatIsReadDuringAChangeIsForgottenAfterIt() {
    MemcachedCache<String, String> cache = openWithEntry();
    List<@Nullable String> during = new ArrayList<>();
    caches.racing().before(Command.Set.class, () -> during.add(cache.get("k")));

    cache.put("k", "new");

    assertThat(during).containsExactly("v");
    assertThat(caches.counting().roundTrips()).containsExactly("Set", "Get");
    assertThat(cache.get("k")).isEqualTo("new");
  }

  @Test
  void anUnknownOutcomeIsForgotten() {
    MemcachedCache<String, String> cache =
        open(new MemcachedConfiguration<String, String>().set("on.failure", "throw"));
    cache.put("k", "v");
    cache.get("k");
    caches.failing().loseAnswer(FailingStore.any(Command.Set.class));

    assertThatThrownBy(() -> cache.put("k", "new")).isInstanceOf(CacheException.class);

    assertThat(cache.get("k")).isNotEqualTo("v");
  }

  @Test
  void aListenerFindsTheChange() {
    AtomicReference<@Nullable String> found = new AtomicReference<>();
    MemcachedCache<String, String> cache = openWithEntry();
    CacheEntryUpdatedListener<String, String> listener = events -> found.set(cache.get("k"));
    cache.registerCacheEntryListener(
        new MutableCacheEntryListenerConfiguration<>(
            new SingletonFactory<>(listener), null, false, true));
    // Keeps the old value again, during the change.
    caches.racing().before(Command.CompareAndSet.class, () -> cache.get("k"));

    cache.put("k", "new");

    assertThat(found).hasValue("new");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{application}:{cache}:", "p:"})
  void aClearByGenerationIsSeenAtOnce(String prefix) {
    MemcachedCache<String, String> cache =
        open(
            new MemcachedConfiguration<String, String>()
                .setKeyPrefix(prefix)
                .set("clear", "generation"));
    cache.put("k", "v");
    cache.get("k");

    cache.clear();

    assertThat(cache.get("k")).isNull();
  }
}
