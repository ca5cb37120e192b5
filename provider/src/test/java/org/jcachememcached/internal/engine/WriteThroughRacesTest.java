package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jcachememcached.testing.FailingStore.any;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheWriterException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jcachememcached.TestCaches;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.testing.RecordingWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A cache with a writer never contradicts the database, in any race and after any failure. */
class WriteThroughRacesTest {

  private final TestCaches caches = new TestCaches("memory:test?cas.attempts=3");
  private final RecordingWriter writer = new RecordingWriter();

  @AfterEach
  void close() {
    caches.close();
  }

  /** A call to a cache. */
  private interface Use extends Consumer<Cache<String, String>> {}

  static Stream<Named<Use>> writes() {
    return Stream.of(
        Named.of("put", c -> c.put("k", "mine")),
        Named.of("getAndPut", c -> c.getAndPut("k", "mine")),
        Named.of("putIfAbsent", c -> c.putIfAbsent("k", "mine")),
        Named.of("replace", c -> c.replace("k", "mine")),
        Named.of("replace equal", c -> c.replace("k", "old", "mine")),
        Named.of("getAndReplace", c -> c.getAndReplace("k", "mine")),
        Named.of("remove", c -> c.remove("k")),
        Named.of("remove equal", c -> c.remove("k", "old")),
        Named.of("getAndRemove", c -> c.getAndRemove("k")),
        Named.of(
            "invoke",
            c ->
                c.invoke(
                    "k",
                    (entry, arguments) -> {
                      if ("old".equals(entry.getValue())) {
                        entry.setValue("mine");
                      }
                      return null;
                    })),
        Named.of("putAll", c -> c.putAll(Map.of("k", "mine", "l", "mine"))),
        Named.of("removeAll", c -> c.removeAll(Set.of("k", "l"))));
  }

  @ParameterizedTest(name = "{0} meets a put")
  @MethodSource("writes")
  void agreesWithTheDatabaseAfterARaceWithAPut(Use write) {
    race(write, rival -> rival.put("k", "rival"));
  }

  @ParameterizedTest(name = "{0} meets a remove")
  @MethodSource("writes")
  void agreesWithTheDatabaseAfterARaceWithARemove(Use write) {
    race(write, rival -> rival.remove("k"));
  }

  @ParameterizedTest(name = "{0} meets a put and a remove")
  @MethodSource("writes")
  void agreesWithTheDatabaseAfterARaceWithAPutAndARemove(Use write) {
    race(
        write,
        rival -> {
          rival.put("k", "rival");
          rival.remove("k");
        });
  }

  @ParameterizedTest(name = "{0} meets a put that called the writer before")
  @MethodSource("writes")
  void agreesWithTheDatabaseAfterARaceWithASlowPut(Use write) {
    race(write, rival -> rival.put("k", "rival"), TestCaches.configuration());
  }

  private void race(Use write, Use rivalry) {
    race(write, rivalry, null);
  }

  /** The rival comes after our writer's call and before our store, once over an old entry. */
  private void race(
      Use write, Use rivalry, @Nullable MutableConfiguration<String, String> rivalConfiguration) {
    for (boolean present : new boolean[] {true, false}) {
      try (TestCaches fixture = new TestCaches()) {
        RecordingWriter ours = new RecordingWriter();
        Cache<String, String> cache = fixture.open(ours.configuration());
        Cache<String, String> rival =
            fixture.openRival(
                Objects.requireNonNullElseGet(rivalConfiguration, ours::configuration));
        if (present) {
          cache.put("k", "old");
        }
        once(ours, () -> rivalry.accept(rival));

        write.accept(cache);

        assertAgreement(cache, ours);
      }
    }
  }

  /** The cache may know less than the database, but nothing else. */
  private static void assertAgreement(Cache<String, String> cache, RecordingWriter writer) {
    String cached = cache.get("k");
    if (cached != null) {
      assertThat(writer.database()).containsEntry("k", cached);
    }
  }

  private static void once(RecordingWriter writer, Runnable action) {
    writer.afterwards(
        () -> {
          writer.afterwards(() -> {});
          action.run();
        });
  }

  @Test
  void tellsTheWriterAgainSoThatTheLastCallIsTheStoredValue() {
    Cache<String, String> cache = caches.open(writer.configuration());
    Cache<String, String> rival = caches.openRival(writer.configuration());
    once(writer, () -> rival.put("k", "rival"));

    cache.put("k", "mine");

    assertThat(writer.calls()).containsExactly("write k=mine", "write k=rival", "write k=mine");
    assertThat(cache.get("k")).isEqualTo("mine");
  }

  @Test
  void letsTheLastOfARemoveAndAPutOfAnAbsentEntryWin() {
    Cache<String, String> cache = caches.open(writer.configuration());
    Cache<String, String> rival = caches.openRival(writer.configuration());
    once(writer, () -> rival.remove("k"));

    cache.put("k", "mine");

    assertThat(writer.calls()).containsExactly("write k=mine", "delete k", "write k=mine");
    assertThat(cache.get("k")).isEqualTo("mine");
  }

  @Test
  void letsTheLastOfAPutAndARemoveOfAnAbsentEntryWin() {
    Cache<String, String> cache = caches.open(writer.configuration());
    Cache<String, String> rival = caches.openRival(writer.configuration());
    once(writer, () -> rival.put("k", "rival"));

    cache.remove("k");

    assertThat(writer.calls()).containsExactly("delete k", "write k=rival", "delete k");
    assertThat(cache.get("k")).isNull();
    assertThat(writer.database()).isEmpty();
  }

  @Test
  void takesATombstoneForNoEntry() {
    Cache<String, String> cache = caches.open(writer.configuration());

    cache.remove("k");

    assertThat(caches.storedKeys()).hasSize(1);
    assertThat(cache.containsKey("k")).isFalse();
    assertThat(cache.iterator()).isExhausted();
    assertThat(cache.putIfAbsent("k", "v")).isTrue();
    assertThat(cache.get("k")).isEqualTo("v");
  }

  @Test
  void forgetsATombstoneAfterAMinute() {
    Cache<String, String> cache = caches.open(writer.configuration());
    cache.remove("k");

    caches.clock().advance(java.time.Duration.ofMinutes(1));

    assertThat(caches.storedKeys()).isEmpty();
  }

  @Test
  void leavesTombstoneForWhatExpiresAtOnce() {
    MutableConfiguration<String, String> configuration =
        writer.configuration().setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ZERO));
    Cache<String, String> cache = caches.open(configuration);

    cache.put("k", "v");

    assertThat(writer.database()).containsEntry("k", "v");
    assertThat(cache.containsKey("k")).isFalse();
    assertThat(caches.storedKeys()).hasSize(1);
  }

  @Test
  void leavesNoEntryWhenItGivesUp() {
    Cache<String, String> cache = caches.open(writer.configuration());
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());
    caches.racing().beforeEach(Command.CompareAndSet.class, () -> rival.put("k", "rival"));
    rival.put("k", "old");

    assertThatExceptionOfType(CacheException.class).isThrownBy(() -> cache.put("k", "mine"));

    assertThat(rival.containsKey("k")).isFalse();
  }

  @Test
  void leavesNoEntryWhenTheStoreFails() {
    Cache<String, String> cache = caches.open(writer.configuration());
    cache.put("k", "old");
    caches.failing().fail(any(Command.CompareAndSet.class), Reason.UNREACHABLE);

    assertThatExceptionOfType(CacheException.class).isThrownBy(() -> cache.put("k", "mine"));

    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void leavesNoEntryWhenTheStoresAnswerIsLostForGood() {
    Cache<String, String> cache = caches.open(writer.configuration());
    cache.put("k", "old");
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());
    caches.failing().loseAnswer(any(Command.CompareAndSet.class));
    caches.failing().fail(any(Command.Get.class), Reason.TIMEOUT);

    assertThatExceptionOfType(CacheException.class).isThrownBy(() -> cache.put("k", "mine"));

    assertThat(rival.containsKey("k")).isFalse();
  }

  @Test
  void leavesNoEntryWhenTheSecondLookFails() {
    Cache<String, String> cache = caches.open(writer.configuration());
    Cache<String, String> rival = caches.openRival(writer.configuration());
    once(
        writer,
        () -> {
          rival.put("k", "rival");
          caches.failing().fail(any(Command.Get.class), Reason.TIMEOUT);
        });

    assertThatExceptionOfType(CacheException.class).isThrownBy(() -> cache.put("k", "mine"));

    assertThat(rival.containsKey("k")).isFalse();
  }

  @Test
  void leavesNoEntryWhenTheWriterRefusesTheSecondCall() {
    Cache<String, String> cache = caches.open(writer.configuration());
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());
    once(
        writer,
        () -> {
          rival.put("k", "rival");
          writer.refuse("k", new IllegalStateException("scripted"));
        });

    assertThatExceptionOfType(CacheWriterException.class).isThrownBy(() -> cache.put("k", "mine"));

    assertThat(rival.containsKey("k")).isFalse();
  }

  @Test
  void keepsClientsFromStoringWhatTheWriterGotBeforeAFailedWrite() {
    Cache<String, String> cache = caches.open(writer.configuration());
    Cache<String, String> failing = caches.open(writer.configuration());
    once(
        writer,
        () -> {
          caches.failing().fail(any(Command.Add.class), Reason.TIMEOUT);
          assertThatExceptionOfType(CacheException.class)
              .isThrownBy(() -> failing.put("k", "lost"));
        });

    cache.put("k", "mine");

    assertThat(writer.calls()).containsExactly("write k=mine", "write k=lost", "write k=mine");
    assertThat(cache.get("k")).isEqualTo("mine");
  }

  @Test
  void saysThatWithdrawingFailedToo() {
    Cache<String, String> cache = caches.open(writer.configuration());
    cache.put("k", "old");
    caches.failing().fail(any(Command.CompareAndSet.class), Reason.TIMEOUT);
    caches.failing().fail(command -> !(command instanceof Command.Get), Reason.UNREACHABLE);

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.put("k", "mine"))
        .withMessage("Cache 'test': scripted TIMEOUT")
        .havingCause()
        .extracting(Throwable::getSuppressed, InstanceOfAssertFactories.ARRAY)
        .singleElement()
        .hasToString("org.jcachememcached.internal.store.StoreException: scripted UNREACHABLE");
  }
}
