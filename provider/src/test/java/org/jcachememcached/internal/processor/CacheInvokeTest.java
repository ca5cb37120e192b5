package org.jcachememcached.internal.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import javax.cache.processor.MutableEntry;
import org.jcachememcached.TestCaches;
import org.jcachememcached.testing.RecordingLoader;
import org.jcachememcached.testing.RecordingWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Entry processors: their net effect is what happens, and nothing when they fail. */
class CacheInvokeTest {

  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  /** What a processor does to the entry. */
  private interface Work extends Consumer<MutableEntry<String, String>> {}

  static Stream<Arguments> netEffects() {
    Work get = MutableEntry::getValue;
    Work set = entry -> entry.setValue("new");
    Work remove = MutableEntry::remove;
    return Stream.of(
        effect("nothing", entry -> {}, "old", List.of(), null, List.of()),
        effect("get", get, "old", List.of(), null, List.of()),
        effect("set", set, "new", List.of("write k=new"), "new", List.of("write k=new")),
        effect("remove", remove, null, List.of("delete k"), null, List.of("delete k")),
        effect("set, remove", both(set, remove), null, List.of("delete k"), null, List.of()),
        effect(
            "remove, set",
            both(remove, set),
            "new",
            List.of("write k=new"),
            "new",
            List.of("write k=new")),
        effect("get, remove", both(get, remove), null, List.of("delete k"), null, delete()));
  }

  private static List<String> delete() {
    return List.of("delete k");
  }

  private static Work both(Work first, Work second) {
    return entry -> {
      first.accept(entry);
      second.accept(entry);
    };
  }

  private static Arguments effect(
      String name,
      Work work,
      @Nullable String ofPresent,
      List<String> writesOfPresent,
      @Nullable String ofAbsent,
      List<String> writesOfAbsent) {
    return Arguments.of(Named.of(name, work), ofPresent, writesOfPresent, ofAbsent, writesOfAbsent);
  }

  @ParameterizedTest
  @MethodSource("netEffects")
  void netEffectIsWhatHappens(
      Work work,
      @Nullable String ofPresent,
      List<String> writesOfPresent,
      @Nullable String ofAbsent,
      List<String> writesOfAbsent) {
    assertEffect("old", work, ofPresent, writesOfPresent);
    assertEffect(null, work, ofAbsent, writesOfAbsent);
  }

  private static void assertEffect(
      @Nullable String old, Work work, @Nullable String after, List<String> writes) {
    try (TestCaches fixture = new TestCaches()) {
      RecordingWriter writer = new RecordingWriter();
      Cache<String, String> cache = fixture.open(writer.configuration());
      if (old != null) {
        fixture.openRival(TestCaches.configuration()).put("k", old);
      }

      cache.invoke("k", processor(work));

      assertThat(cache.get("k")).isEqualTo(after);
      assertThat(writer.calls()).isEqualTo(writes);
    }
  }

  @Test
  void entryExistsAsLongAsTheProcessorThinks() {
    Cache<String, String> cache = caches.open();

    cache.invoke(
        "k",
        processor(
            entry -> {
              assertThat(entry.getKey()).isEqualTo("k");
              assertThat(entry.exists()).isFalse();
              assertThat(entry.getValue()).isNull();
              entry.setValue("v");
              assertThat(entry.exists()).isTrue();
              assertThat(entry.getValue()).isEqualTo("v");
              entry.remove();
              assertThat(entry.exists()).isFalse();
              assertThat(entry.getValue()).isNull();
            }));

    assertThat(caches.storedKeys()).isEmpty();
  }

  @Test
  void loadedEntryExistsFromThenOn() {
    Cache<String, String> cache = caches.open(new RecordingLoader().configuration());

    cache.invoke(
        "k",
        processor(
            entry -> {
              assertThat(entry.exists()).isFalse();
              assertThat(entry.getValue()).isEqualTo("K");
              assertThat(entry.exists()).isTrue();
            }));

    assertThat(cache.containsKey("k")).isTrue();
  }

  @Test
  void removingALoadedEntryDeletesItThoughItWasSetBetween() {
    RecordingWriter writer = new RecordingWriter();
    RecordingLoader loader = new RecordingLoader();
    Cache<String, String> cache =
        caches.open(
            writer
                .configuration()
                .setReadThrough(true)
                .setCacheLoaderFactory(loader.configuration().getCacheLoaderFactory()));

    cache.invoke(
        "k",
        processor(
            entry -> {
              entry.setValue(entry.getValue() + "!");
              entry.remove();
            }));

    assertThat(writer.calls()).containsExactly("delete k");
  }

  @Test
  void failureIsWrappedAndChangesNothing() {
    Cache<String, String> cache = caches.open();
    cache.put("k", "old");
    IllegalStateException cause = new IllegalStateException("scripted");

    assertThatExceptionOfType(EntryProcessorException.class)
        .isThrownBy(() -> cache.invoke("k", settingAndThrowing(cause)))
        .withCause(cause);

    assertThat(cache.get("k")).isEqualTo("old");
  }

  @Test
  void cacheExceptionIsNotWrapped() {
    Cache<String, String> cache = caches.open();
    CacheException own = new CacheException("scripted");

    assertThatThrownBy(() -> cache.invoke("k", settingAndThrowing(own))).isSameAs(own);
  }

  @Test
  void nullIsNoValue() {
    Cache<String, String> cache = caches.open();

    assertThatExceptionOfType(EntryProcessorException.class)
        .isThrownBy(() -> cache.invoke("k", (entry, arguments) -> setNull(entry)))
        .withCauseInstanceOf(NullPointerException.class);
  }

  @SuppressWarnings("NullAway") // What is tested is that null is refused.
  private static @Nullable Object setNull(MutableEntry<String, String> entry) {
    entry.setValue(null);
    return null;
  }

  @Test
  void argumentsArePassedOn() {
    Cache<String, String> cache = caches.open();

    Object sum =
        cache.invoke("k", (entry, arguments) -> (int) arguments[0] + (int) arguments[1], 1, 2);

    assertThat(sum).isEqualTo(3);
  }

  @Test
  void eachKeyHasAResultOfItsOwn() {
    Cache<String, String> cache = caches.open();
    IllegalStateException cause = new IllegalStateException("scripted");
    EntryProcessor<String, String, String> processor =
        (entry, arguments) ->
            switch (entry.getKey()) {
              case "fails" -> throw cause;
              case "nothing" -> null;
              default -> entry.getKey();
            };

    Map<String, EntryProcessorResult<String>> results =
        cache.invokeAll(Set.of("a", "b", "fails", "nothing"), processor);

    assertThat(results).containsOnlyKeys("a", "b", "fails");
    assertThat(results).extractingByKey("a").extracting(r -> r.get()).isEqualTo("a");
    assertThat(results)
        .extractingByKey("fails")
        .satisfies(
            result ->
                assertThatExceptionOfType(EntryProcessorException.class)
                    .isThrownBy(result::get)
                    .withCause(cause));
  }

  @Test
  void writersExceptionIsTheResultOfItsKey() {
    RecordingWriter writer = new RecordingWriter();
    writer.refuse("b", new IllegalStateException("scripted"));
    Cache<String, String> cache = caches.open(writer.configuration());

    Map<String, EntryProcessorResult<String>> results =
        cache.invokeAll(
            Set.of("a", "b"),
            (entry, arguments) -> {
              entry.setValue("v");
              return "set";
            });

    assertThat(results).extractingByKey("a").extracting(r -> r.get()).isEqualTo("set");
    assertThat(results)
        .extractingByKey("b")
        .satisfies(
            result -> assertThatExceptionOfType(CacheException.class).isThrownBy(result::get));
    assertThat(cache.getAll(Set.of("a", "b"))).containsOnlyKeys("a");
  }

  private static EntryProcessor<String, String, @Nullable Void> processor(Work work) {
    return (entry, arguments) -> {
      work.accept(entry);
      return null;
    };
  }

  private static EntryProcessor<String, String, @Nullable Void> settingAndThrowing(
      RuntimeException cause) {
    return (entry, arguments) -> {
      entry.setValue("new");
      throw cause;
    };
  }
}
