package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jcachememcached.testing.FailingStore.any;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.TestCaches;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.testing.RecordingLoader;
import org.jcachememcached.testing.RecordingWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The failure policy {@code degrade}: what goes on without the store, and what does not. */
class GoOnWithoutStoreTest {

  private final TestCaches caches = new TestCaches("memory:test?on.failure=degrade");

  @AfterEach
  void close() {
    caches.close();
  }

  /** A call to a cache. */
  private interface Use extends Consumer<Cache<String, String>> {}

  @ParameterizedTest
  @EnumSource(names = {"TIMEOUT", "UNREACHABLE", "REJECTED"})
  void whatCannotBeReadIsAMiss(Reason reason) {
    Cache<String, String> cache =
        caches.open(TestCaches.configuration().setStatisticsEnabled(true));
    cache.put("a", "1");
    cache.put("b", "2");

    caches.failing().fail(any(Command.Get.class), reason);
    assertThat(cache.get("a")).isNull();
    caches.failing().fail(any(Command.Get.class), reason);
    assertThat(cache.containsKey("a")).isFalse();
    caches.failing().fail(command -> command.key().endsWith("a"), reason);
    assertThat(cache.getAll(Set.of("a", "b"))).containsExactly(Map.entry("b", "2"));

    assertThat(caches.statistics().getCacheMisses()).isEqualTo(2);
    assertThat(cache.get("a")).isEqualTo("1");
  }

  @Test
  void whatOnlyAPersonCanMendIsAnException() {
    Cache<String, String> cache = caches.open();
    caches.failing().fail(command -> true, Reason.PROTOCOL);

    assertThatExceptionOfType(CacheException.class).isThrownBy(() -> cache.put("k", "v"));
  }

  @Test
  void theLoaderAnswers() {
    RecordingLoader loader = new RecordingLoader();
    Cache<String, String> cache = caches.open(loader.configuration());
    caches.failing().fail(any(Command.Get.class), Reason.UNREACHABLE);

    assertThat(cache.get("k")).isNotNull();

    assertThat(caches.openRival(TestCaches.configuration()).containsKey("k")).isFalse();
  }

  @Test
  void whatCouldNotBeStoredLeavesNoOlderValue() {
    Cache<String, String> cache = caches.open();
    cache.put("k", "old");
    caches.failing().fail(any(Command.Set.class), Reason.TIMEOUT);

    cache.put("k", "new");

    assertThat(cache.get("k")).isNull();
  }

  @Test
  void whatCouldNotBeRemovedIsRemovedLater() {
    Cache<String, String> cache = caches.open();
    cache.put("k", "old");
    caches.failing().fail(any(Command.CompareAndDelete.class), Reason.REJECTED);

    assertThat(cache.remove("k")).isFalse();

    assertThat(cache.get("k")).isNull();
  }

  static Stream<Named<Use>> conditionalCalls() {
    return Stream.of(
        Named.of("putIfAbsent", c -> c.putIfAbsent("k", "v")),
        Named.of("replace", c -> c.replace("k", "v")),
        Named.of("replace equal", c -> c.replace("k", "old", "v")),
        Named.of("remove equal", c -> c.remove("k", "old")),
        Named.of("getAndPut", c -> c.getAndPut("k", "v")),
        Named.of("getAndReplace", c -> c.getAndReplace("k", "v")),
        Named.of("getAndRemove", c -> c.getAndRemove("k")),
        Named.of("invoke", c -> c.invoke("k", (entry, arguments) -> entry.getValue())));
  }

  @ParameterizedTest
  @MethodSource("conditionalCalls")
  void whatCannotBeAnsweredTruthfullyIsAnException(Use call) {
    Cache<String, String> cache = caches.open();
    cache.put("k", "old");
    caches.failing().fail(command -> true, Reason.UNREACHABLE);

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> call.accept(cache))
        .withMessage("Cache 'test': scripted UNREACHABLE");
  }

  @Test
  void aWriteThroughIsNeverDropped() {
    RecordingWriter writer = new RecordingWriter();
    MutableConfiguration<String, String> configuration = writer.configuration();
    Cache<String, String> cache = caches.open(configuration);
    caches.failing().fail(any(Command.Get.class), Reason.UNREACHABLE);

    assertThatExceptionOfType(CacheException.class).isThrownBy(() -> cache.put("k", "v"));

    assertThat(writer.calls()).isEmpty();
  }
}
