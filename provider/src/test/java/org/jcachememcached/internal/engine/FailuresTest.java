package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jcachememcached.testing.FailingStore.any;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.MutableEntry;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jcachememcached.TestCaches;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.testing.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of an operation when the store fails it, or a value cannot be stored at all. */
class FailuresTest {

  private final TestCaches caches = new TestCaches("memory:test?on.failure=throw");
  private final RecordingListener listener = new RecordingListener();

  @AfterEach
  void close() {
    caches.close();
  }

  /** A call to a cache. */
  private interface Use extends Consumer<Cache<String, Object>> {}

  @ParameterizedTest
  @EnumSource
  void saysWhyAReadFailed(Reason reason) {
    Cache<String, String> cache = caches.open();
    caches.failing().fail(any(Command.Get.class), reason);

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.get("k"))
        .withMessage("Cache 'test': scripted " + reason)
        .withCauseInstanceOf(StoreException.class);
  }

  @Test
  void doesNotRepeatABlindStoreWhoseAnswerWasLost() {
    Cache<String, String> cache = caches.open();
    caches.failing().loseAnswer(any(Command.Set.class));

    assertThatExceptionOfType(CacheException.class).isThrownBy(() -> cache.put("k", "v"));

    assertThat(caches.counting().roundTrips()).containsExactly("Set");
  }

  static Stream<Named<Use>> writesOfAnUnserializableValue() {
    Object value = new Object();
    return Stream.of(
        Named.of("put", c -> c.put("k", value)),
        Named.of("putAll", c -> c.putAll(Map.of("k", value))),
        Named.of("getAndPut", c -> c.getAndPut("k", value)),
        Named.of("replace", c -> c.replace("k", value)),
        Named.of("replace equal", c -> c.replace("k", "old", value)),
        Named.of("getAndReplace", c -> c.getAndReplace("k", value)),
        Named.of("invoke", c -> c.invoke("k", (entry, arguments) -> set(entry, value))));
  }

  private static Void set(MutableEntry<String, Object> entry, Object value) {
    entry.setValue(value);
    return null;
  }

  @ParameterizedTest
  @MethodSource("writesOfAnUnserializableValue")
  void leavesNoOlderValueBehindOneThatCannotBeSerialized(Use write) {
    Cache<String, Object> cache = caches.open(new MutableConfiguration<String, Object>());
    cache.put("k", "old");

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> write.accept(cache))
        .withMessageContaining("java.lang.Object");

    assertThat(cache.containsKey("k")).isFalse();
  }

  static Stream<Named<Use>> writesOfATooLargeValue() {
    return Stream.of(
        Named.of("put", c -> c.put("k", "new")),
        Named.of("putAll", c -> c.putAll(Map.of("k", "new"))),
        Named.of("getAndPut", c -> c.getAndPut("k", "new")),
        Named.of("replace", c -> c.replace("k", "new")),
        Named.of("replace equal", c -> c.replace("k", "old", "new")),
        Named.of("getAndReplace", c -> c.getAndReplace("k", "new")),
        Named.of("invoke", c -> c.invoke("k", (entry, arguments) -> set(entry, "new"))));
  }

  @ParameterizedTest
  @MethodSource("writesOfATooLargeValue")
  void leavesNoOlderValueBehindOneThatIsTooLarge(Use write) {
    Cache<String, Object> cache = caches.open(new MutableConfiguration<String, Object>());
    cache.put("k", "old");
    caches.failing().fail(command -> !(command instanceof Command.Get), Reason.TOO_LARGE);

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> write.accept(cache))
        .withMessage("Cache 'test': scripted TOO_LARGE");

    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void doesNotRemoveWhatAnotherClientPutInsteadOfTheOlderValue() {
    Cache<String, Object> cache = caches.open(new MutableConfiguration<String, Object>());
    Cache<String, Object> rival = caches.openRival(new MutableConfiguration<String, Object>());
    cache.put("k", "old");
    caches.failing().fail(any(Command.CompareAndSet.class), Reason.TOO_LARGE);
    caches.racing().before(Command.CompareAndDelete.class, () -> rival.put("k", "rival"));

    assertThatExceptionOfType(CacheException.class).isThrownBy(() -> cache.getAndPut("k", "new"));

    assertThat(cache.get("k")).isEqualTo("rival");
  }

  @Test
  void leavesTheEntryThatKeepsAnUnstorableValueOut() {
    Cache<String, Object> cache = caches.open(new MutableConfiguration<String, Object>());
    cache.put("k", "old");

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.putIfAbsent("k", new Object()));
    assertThat(cache.get("k")).isEqualTo("old");

    caches.failing().fail(any(Command.Add.class), Reason.TOO_LARGE);
    assertThatExceptionOfType(CacheException.class).isThrownBy(() -> cache.putIfAbsent("k", "new"));
    assertThat(cache.get("k")).isEqualTo("old");
  }

  @Test
  void skipsNoPageThatCouldNotBeRead() {
    Cache<String, String> cache = caches.open();
    cache.putAll(ordered("a", "b", "c"));
    Iterator<Cache.Entry<String, String>> entries = cache.iterator();
    caches.failing().fail(any(Command.Get.class), Reason.TIMEOUT);

    assertThatExceptionOfType(CacheException.class).isThrownBy(entries::next);

    assertThat(entries)
        .toIterable()
        .extracting(Cache.Entry::getKey)
        .containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void carriesOutTheOthersOfABulkCall() {
    Cache<String, String> cache = caches.open(observed().setStatisticsEnabled(true));
    caches.failing().fail(command -> command.key().endsWith("b"), Reason.TIMEOUT);

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.putAll(ordered("a", "b", "c")))
        .withMessage("Cache 'test': scripted TIMEOUT");

    assertThat(cache.getAll(Set.of("a", "b", "c"))).containsOnlyKeys("a", "c");
    assertThat(listener.calls())
        .singleElement()
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .containsExactlyInAnyOrder("CREATED a=1", "CREATED c=1");
    assertThat(caches.statistics().getCachePuts()).isEqualTo(2);
  }

  @Test
  void carriesOutTheOthersOfABlindBulkCall() {
    Cache<String, Object> cache =
        caches.open(new MutableConfiguration<String, Object>().setStatisticsEnabled(true));
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("a", 1);
    entries.put("b", new Object());
    entries.put("c", 3);

    assertThatExceptionOfType(CacheException.class).isThrownBy(() -> cache.putAll(entries));

    assertThat(cache.getAll(Set.of("a", "b", "c"))).containsOnlyKeys("a", "c");
    assertThat(caches.statistics().getCachePuts()).isEqualTo(2);
  }

  @Test
  void refusesForeignBytesButOverwritesAndRemovesThem() {
    Cache<String, String> cache = caches.open(observed());
    storeForeignBytes();

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.get("k"))
        .withMessageContaining("was written by another client");
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.getAndPut("k", "v"))
        .withMessageContaining("was written by another client");

    cache.put("k", "v");
    assertThat(cache.get("k")).isEqualTo("v");

    storeForeignBytes();
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.iterator().next())
        .withMessageContaining("was written by another client");
    assertThat(cache.remove("k")).isFalse();
    assertThat(cache.containsKey("k")).isFalse();
  }

  private void storeForeignBytes() {
    Item foreign = new Item(0, new byte[] {1}, Item.FOREVER);
    caches.memory().send(List.of(new Command.Set("test:test:s.k", foreign))).join();
  }

  private MutableConfiguration<String, String> observed() {
    return TestCaches.configuration().addCacheEntryListenerConfiguration(listener.synchronous());
  }

  private static Map<String, String> ordered(String... keys) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String key : keys) {
      entries.put(key, "1");
    }
    return entries;
  }
}
