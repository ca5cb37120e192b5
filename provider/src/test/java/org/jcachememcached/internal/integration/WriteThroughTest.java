package org.jcachememcached.internal.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.integration.CacheWriterException;
import org.jcachememcached.TestCaches;
import org.jcachememcached.testing.RecordingListener;
import org.jcachememcached.testing.RecordingWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Writing through: the calls of the writer, and the effect of its exceptions. */
class WriteThroughTest {

  private final TestCaches caches = new TestCaches();
  private final RecordingWriter writer = new RecordingWriter();
  private final Cache<String, String> cache = caches.open(writer.configuration());

  @AfterEach
  void close() {
    caches.close();
  }

  @Test
  void writerIsToldBeforeTheStore() {
    writer.afterwards(() -> assertThat(caches.storedKeys()).isEmpty());

    cache.put("k", "v");

    assertThat(caches.storedKeys()).hasSize(1);
  }

  @Test
  void writerIsToldOfRemovalsEvenOfAbsentEntries() {
    cache.remove("a");
    cache.getAndRemove("b");

    assertThat(writer.calls()).containsExactly("delete a", "delete b");
  }

  @Test
  void writerIsNotToldOfWhatChangesNothing() {
    cache.put("k", "v");

    assertThat(cache.putIfAbsent("k", "w")).isFalse();
    assertThat(cache.replace("absent", "w")).isFalse();
    assertThat(cache.replace("k", "x", "w")).isFalse();
    assertThat(cache.remove("k", "x")).isFalse();
    cache.clear();

    assertThat(writer.calls()).containsExactly("write k=v");
  }

  @Test
  void bulkCallsReachTheWriterInBulk() {
    cache.putAll(Map.of("a", "1", "b", "2"));
    cache.removeAll(Set.of("a", "c"));

    assertThat(writer.calls()).containsExactly("writeAll [a, b]", "deleteAll [a, c]");
  }

  @Test
  void removeAllDeletesOnlyWhatExists() {
    cache.removeAll();
    cache.putAll(Map.of("a", "1", "b", "2"));
    cache.removeAll();
    cache.removeAll();

    assertThat(writer.calls()).containsExactly("writeAll [a, b]", "deleteAll [a, b]");
  }

  static Stream<RuntimeException> refusals() {
    return Stream.of(
        new IllegalStateException("scripted"),
        new CacheException("scripted"),
        new CacheWriterException("scripted"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusalChangesNothing(RuntimeException refusal) {
    RecordingListener listener = new RecordingListener();
    cache.put("k", "old");
    cache.registerCacheEntryListener(listener.synchronous());
    writer.refuse("k", refusal);

    assertRefused(refusal, () -> cache.put("k", "new"));
    assertRefused(refusal, () -> cache.getAndPut("k", "new"));
    assertRefused(refusal, () -> cache.replace("k", "new"));
    assertRefused(refusal, () -> cache.remove("k"));
    assertRefused(refusal, () -> cache.putAll(Map.of("k", "new", "l", "new")));
    assertRefused(refusal, () -> cache.removeAll(Set.of("k", "m")));

    assertThat(cache.get("k")).isEqualTo("old");
    assertThat(listener.events()).doesNotContain("UPDATED k=new (old)", "REMOVED k=old (old)");
  }

  private static void assertRefused(RuntimeException refusal, Runnable call) {
    if (refusal instanceof CacheWriterException) {
      assertThatThrownBy(call::run).isSameAs(refusal);
    } else {
      assertThatExceptionOfType(CacheWriterException.class)
          .isThrownBy(call::run)
          .withCause(refusal);
    }
  }

  @Test
  void whatTheWriterDidBeforeItRefusedIsStored() {
    writer.refuse("b", new IllegalStateException("scripted"));

    assertThatExceptionOfType(CacheWriterException.class)
        .isThrownBy(() -> cache.putAll(Map.of("a", "1", "b", "2", "c", "3")));

    assertThat(cache.getAll(Set.of("a", "b", "c"))).isEqualTo(writer.database());
    assertThat(cache.containsKey("b")).isFalse();
  }

  @Test
  void whatTheWriterDeletedBeforeItRefusedIsRemoved() {
    cache.putAll(Map.of("a", "1", "b", "2", "c", "3"));
    writer.refuse("b", new IllegalStateException("scripted"));

    assertThatExceptionOfType(CacheWriterException.class)
        .isThrownBy(() -> cache.removeAll(Set.of("a", "b", "c")));

    assertThat(cache.getAll(Set.of("a", "b", "c"))).isEqualTo(writer.database());
    assertThat(cache.containsKey("b")).isTrue();
  }
}
