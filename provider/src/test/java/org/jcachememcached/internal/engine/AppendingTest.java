package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jcachememcached.testing.FailingStore.any;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.MemcachedConfiguration;
import org.jcachememcached.TestCaches;
import org.jcachememcached.api.CompressionType;
import org.jcachememcached.api.ItemFormat;
import org.jcachememcached.api.MemcachedStatisticsMXBean;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.testing.RecordingListener;
import org.jcachememcached.testing.RecordingWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How appending is made of commands, and what becomes of it when they fail. */
class AppendingTest {

  private final TestCaches caches = new TestCaches("memory:test?on.failure=degrade");

  @AfterEach
  void close() {
    caches.close();
  }

  /** A call to a cache. */
  private interface Use extends Consumer<MemcachedCache<String, String>> {}

  static Stream<Arguments> commands() {
    Use append = cache -> assertThat(cache.append("there", "b")).isTrue();
    Use prepend = cache -> assertThat(cache.prepend("there", "b")).isTrue();
    Use absent = cache -> assertThat(cache.append("absent", "b")).isFalse();
    MutableConfiguration<String, String> java = texts(new MutableConfiguration<>());
    MutableConfiguration<String, String> compressed =
        shared(ItemFormat.PYTHON).setCompression(CompressionType.ZLIB);
    MutableConfiguration<String, String> observed = shared(ItemFormat.PLAIN);
    observed.addCacheEntryListenerConfiguration(new RecordingListener().synchronous());
    MutableConfiguration<String, String> modified = shared(ItemFormat.PLAIN);
    modified.setExpiryPolicyFactory(ModifiedExpiryPolicy.factoryOf(Duration.ONE_HOUR));
    MutableConfiguration<String, String> json =
        texts(new MemcachedConfiguration<String, String>().setCodec("json"));
    MutableConfiguration<String, String> written = shared(ItemFormat.PLAIN);
    written.setWriteThrough(true).setCacheWriterFactory(RecordingWriter::new);
    return Stream.of(
        row("plain", shared(ItemFormat.PLAIN), append, "Append"),
        row("plain, prepend", shared(ItemFormat.PLAIN), prepend, "Append"),
        // The store does not say whether there is none, or no room.
        row("plain, absent", shared(ItemFormat.PLAIN), absent, "Append", "Get"),
        row("python", shared(ItemFormat.PYTHON), append, "Append"),
        row("php", shared(ItemFormat.PHP), append, "Append"),
        row("compressed", compressed, append, "Get", "CompareAndSet"),
        row("observed", observed, append, "Get", "CompareAndSet"),
        row("writer", written, append, "Get", "CompareAndSet"),
        row("modified", modified, append, "Get", "CompareAndSet"),
        row("json", json, append, "Get", "CompareAndSet"),
        row("java", java, append, "Get", "CompareAndSet"),
        row("java, absent", java, absent, "Get"));
  }

  private static Arguments row(
      String name,
      MutableConfiguration<String, String> configuration,
      Use use,
      String... commands) {
    return Arguments.argumentSet(name, configuration, use, List.of(commands));
  }

  @ParameterizedTest
  @MethodSource
  void commands(
      MutableConfiguration<String, String> configuration, Use use, List<String> expected) {
    MemcachedCache<String, String> cache = open(configuration);
    cache.put("there", "a");
    caches.counting().reset();

    use.accept(cache);

    assertThat(caches.counting().roundTrips()).isEqualTo(expected);
  }

  @Test
  void theStoreAppendsWhatACacheWouldHaveStored() {
    MemcachedCache<String, String> cache = open(shared(ItemFormat.PLAIN));
    cache.put("k", "b");

    cache.append("k", "\u00fc");
    cache.prepend("k", "\u00e4");
    cache.append("k", "");

    assertThat(cache.get("k")).isEqualTo("\u00e4b\u00fc");
    assertThat(cache.replace("k", "\u00e4b\u00fc", "new")).isTrue();
  }

  @Test
  void whatIsNoTextInUtf8LeavesTheEntry() {
    MemcachedCache<String, String> cache = open(shared(ItemFormat.PLAIN));
    cache.put("k", "a");

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.append("k", "\uD800"))
        .withMessageContaining("lone surrogate");
    assertThat(cache.get("k")).isEqualTo("a");
  }

  /** Unlike a put, an append that is too large does not outdate the entry. */
  @ParameterizedTest
  @MethodSource
  void whatBecomesTooLargeLeavesTheEntry(
      MutableConfiguration<String, String> configuration, Class<? extends Command> refused) {
    MemcachedCache<String, String> cache = open(configuration);
    cache.put("k", "a");
    caches.failing().fail(any(refused), Reason.TOO_LARGE);

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.append("k", "b"))
        .withMessage("Cache 'test': scripted TOO_LARGE");

    assertThat(cache.get("k")).isEqualTo("a");
  }

  static Stream<Arguments> whatBecomesTooLargeLeavesTheEntry() {
    return Stream.of(
        Arguments.of(shared(ItemFormat.PLAIN), Command.Append.class),
        Arguments.of(texts(new MutableConfiguration<>()), Command.CompareAndSet.class));
  }

  @Test
  void aLostReplyIsUnknownAndNothingIsRepeated() {
    MemcachedCache<String, String> cache = open(shared(ItemFormat.PLAIN));
    cache.put("k", "a");
    caches.failing().loseAnswer(any(Command.Append.class));

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.append("k", "b"))
        .withMessage("Cache 'test': scripted lost answer; whether it took effect is unknown");

    assertThat(cache.get("k")).isEqualTo("ab");
  }

  @Test
  void listenersAndWriterGetTheWholeValue() {
    RecordingListener listener = new RecordingListener();
    RecordingWriter writer = new RecordingWriter();
    MemcachedCache<String, String> cache =
        open(writer.configuration().addCacheEntryListenerConfiguration(listener.synchronous()));
    cache.put("k", "a");

    cache.append("k", "b");

    assertThat(listener.events()).containsExactly("CREATED k=a", "UPDATED k=ab (a)");
    assertThat(writer.database()).containsEntry("k", "ab");
  }

  @Test
  void countsInTheStatistics() {
    MemcachedCache<String, String> cache =
        open(shared(ItemFormat.PLAIN).setStatisticsEnabled(true));
    cache.append("absent", "a");
    cache.put("k", "a");
    cache.append("k", "b");

    MemcachedStatisticsMXBean statistics = caches.statistics();
    assertThat(statistics.getCacheHits()).isEqualTo(1);
    assertThat(statistics.getCacheMisses()).isEqualTo(1);
    assertThat(statistics.getCachePuts()).isEqualTo(2);
  }

  @SuppressWarnings("unchecked")
  private MemcachedCache<String, String> open(MutableConfiguration<String, String> configuration) {
    return caches.open(configuration).unwrap(MemcachedCache.class);
  }

  private static MutableConfiguration<String, String> texts(
      MutableConfiguration<String, String> configuration) {
    return configuration.setTypes(String.class, String.class);
  }

  private static MemcachedConfiguration<String, String> shared(ItemFormat format) {
    return new MemcachedConfiguration<String, String>()
        .setTypes(String.class, String.class)
        .setCodec("string")
        .setFormat(format);
  }
}
