package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import org.jcachememcached.TestCaches;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.testing.FailingStore;
import org.jcachememcached.testing.RecordingListener;
import org.jcachememcached.testing.RecordingLoader;
import org.jcachememcached.testing.RecordingWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the application's own code throws: errors in the midst of a call, and shared exceptions. */
class ErrorsTest {

  private final TestCaches caches = new TestCaches("memory:test?on.failure=degrade");
  private final RecordingWriter writer = new RecordingWriter();

  @AfterEach
  void close() {
    caches.close();
  }

  /** A call to a cache. */
  private interface Use extends Consumer<Cache<String, String>> {}

  static Stream<Named<Use>> writes() {
    return Stream.of(
        Named.of("put", c -> c.put("k", "new")),
        Named.of("getAndPut", c -> c.getAndPut("k", "new")),
        Named.of("replace", c -> c.replace("k", "new")),
        Named.of("remove", c -> c.remove("k")),
        Named.of("putAll", c -> c.putAll(Map.of("k", "new", "l", "new"))),
        Named.of("removeAll", c -> c.removeAll(Set.of("k", "l"))),
        Named.of(
            "invoke",
            c ->
                c.invoke(
                    "k",
                    (entry, arguments) -> {
                      entry.setValue("new");
                      return null;
                    })));
  }

  @ParameterizedTest
  @MethodSource("writes")
  void anErrorOfTheWriterLeavesNoEntryThatItMayHaveReplaced(Use write) {
    Cache<String, String> cache = caches.open(writer.configuration());
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());
    cache.put("k", "old");
    writer.afterwards(
        () -> {
          throw new NoClassDefFoundError("scripted");
        });

    assertThatExceptionOfType(NoClassDefFoundError.class)
        .isThrownBy(() -> write.accept(cache))
        .withMessage("scripted");

    assertThat(rival.get("k")).isNull();
  }

  @Test
  void anErrorOfAProcessorWithdrawsWhatTheWriterWasToldBefore() {
    Cache<String, String> cache = caches.open(writer.configuration());
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());
    caches.racing().before(Command.Add.class, () -> rival.put("k", "rival"));

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                cache.invoke(
                    "k",
                    (entry, arguments) -> {
                      assertThat(entry.exists()).isFalse();
                      entry.setValue("new");
                      return null;
                    }));

    assertThat(writer.database()).containsEntry("k", "new");
    assertThat(rival.get("k")).isNull();
  }

  @Test
  void anErrorOfOneProcessorTakesNothingFromWhatIsStored() {
    RecordingListener listener = new RecordingListener();
    Cache<String, String> cache =
        caches.open(
            TestCaches.configuration().addCacheEntryListenerConfiguration(listener.synchronous()));
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());
    caches.racing().before(Command.Add.class, () -> rival.put("l", "rival"));

    assertThatExceptionOfType(StackOverflowError.class)
        .isThrownBy(
            () ->
                cache.invokeAll(
                    Set.of("k", "l"),
                    (entry, arguments) -> {
                      if (entry.exists()) {
                        throw new StackOverflowError("scripted");
                      }
                      entry.setValue("new");
                      return "set";
                    }));

    assertThat(cache.get("k")).isEqualTo("new");
    assertThat(listener.events()).containsExactly("CREATED k=new");
  }

  @Test
  void anErrorOfALoaderReachesTheCaller() {
    Cache<String, String> cache =
        caches.open(
            new RecordingLoader(
                    key -> {
                      throw new NoClassDefFoundError("scripted");
                    })
                .configuration());

    assertThatExceptionOfType(NoClassDefFoundError.class).isThrownBy(() -> cache.get("k"));
    assertThatExceptionOfType(NoClassDefFoundError.class)
        .isThrownBy(() -> cache.getAll(Set.of("k")));
  }

  @Test
  void anErrorOfAListenerIsPublishedOnce() {
    RecordingListener listener =
        new RecordingListener(
            () -> {
              throw new AssertionError("scripted");
            });
    Cache<String, String> cache =
        caches.open(
            TestCaches.configuration().addCacheEntryListenerConfiguration(listener.synchronous()));

    assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> cache.put("k", "v"));

    assertThat(listener.events()).containsExactly("CREATED k=v");
    assertThat(cache.get("k")).isEqualTo("v");
  }

  @Test
  void anExceptionOfAWriterIsNotChanged() {
    CacheWriterException shared = new CacheWriterException("shared");
    Cache<String, String> cache = caches.open(writer.configuration());
    writer.refuse("k", shared);
    caches.failing().failAll(command -> command.key().endsWith("l"), Reason.UNREACHABLE);

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.putAll(Map.of("k", "v", "l", "v", "m", "v")));
    assertThatExceptionOfType(CacheWriterException.class)
        .isThrownBy(() -> cache.put("k", "v"))
        .isSameAs(shared);

    assertThat(shared).hasNoSuppressedExceptions();
  }

  @Test
  void anExceptionOfALoaderIsNotChanged() {
    CacheLoaderException shared = new CacheLoaderException("shared");
    Cache<String, String> cache =
        caches.open(
            new RecordingLoader(
                    key -> {
                      throw shared;
                    })
                .configuration());
    caches.failing().fail(FailingStore.any(Command.Get.class), Reason.UNREACHABLE);

    assertThatExceptionOfType(CacheLoaderException.class)
        .isThrownBy(() -> cache.get("k"))
        .isSameAs(shared);

    assertThat(shared).hasNoSuppressedExceptions();
  }

  @Test
  void anExceptionOfAProcessorIsNotChanged() {
    CacheException shared = new CacheException("shared");
    Cache<String, String> cache = caches.open(writer.configuration());
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());
    caches.racing().before(Command.Add.class, () -> rival.put("k", "rival"));
    caches.failing().fail(FailingStore.any(Command.Set.class), Reason.UNREACHABLE);

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(
            () ->
                cache.invoke(
                    "k",
                    (entry, arguments) -> {
                      if (entry.exists()) {
                        throw shared;
                      }
                      entry.setValue("new");
                      return null;
                    }))
        .isSameAs(shared);

    assertThat(shared).hasNoSuppressedExceptions();
    assertThat(rival.get("k")).isNull();
  }

  @Test
  void anExceptionOfAListenerIsNotChanged() {
    CacheEntryListenerException first = new CacheEntryListenerException("first");
    CacheEntryListenerException second = new CacheEntryListenerException("second");
    Cache<String, String> cache =
        caches.open(
            TestCaches.configuration()
                .addCacheEntryListenerConfiguration(failing(first).synchronous())
                .addCacheEntryListenerConfiguration(failing(second).synchronous()));

    assertThatExceptionOfType(CacheEntryListenerException.class)
        .isThrownBy(() -> cache.put("k", "v"))
        .isIn(first, second);

    assertThat(first).hasNoSuppressedExceptions();
    assertThat(second).hasNoSuppressedExceptions();
  }

  private static RecordingListener failing(RuntimeException cause) {
    return new RecordingListener(
        () -> {
          throw cause;
        });
  }
}
