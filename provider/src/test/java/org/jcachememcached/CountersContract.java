package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.jcachememcached.api.EntryOptions.expireAfter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.integration.CacheWriter;
import org.jcachememcached.api.EntryVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How caches count, the same on every engine that stores anything. */
interface CountersContract {

  /** A cache without entries, or another one with the same entries. */
  <K, V> Cache<K, V> create(MutableConfiguration<K, V> configuration);

  @Test
  default void countsFromTheInitialValue() {
    MemcachedCache<String, Long> cache = openLongs();

    assertThat(cache.increment("k", 3, 5)).isEqualTo(5);
    assertThat(cache.increment("k", 3, 5)).isEqualTo(8);
    assertThat(cache.increment("k", 0)).hasValue(8);
    assertThat(cache.get("k")).isEqualTo(8L);
    assertThat(cache.decrement("k", 2)).hasValue(6);
    assertThat(cache.decrement("k", 2, 5)).isEqualTo(4);
    assertThat(cache.decrement("other", 2, 5)).isEqualTo(5);
    assertThat(cache.get("other")).isEqualTo(5L);
    assertThat(cache.replace("k", 4L, 10L)).isTrue();
    assertThat(cache.increment("k", 1)).hasValue(11);
  }

  @Test
  default void countsNothingWithoutEntry() {
    MemcachedCache<String, Long> cache = openLongs();

    assertThat(cache.increment("k", 1)).isEmpty();
    assertThat(cache.decrement("k", 1)).isEmpty();
    assertThat(cache.containsKey("k")).isFalse();
    cache.put("k", 1L);
    cache.remove("k");
    assertThat(cache.increment("k", 1)).isEmpty();
  }

  @Test
  default void decrementStopsAtZero() {
    MemcachedCache<String, Long> cache = openLongs();
    cache.put("k", 10L);

    assertThat(cache.decrement("k", 1)).hasValue(9);
    assertThat(cache.get("k")).isEqualTo(9L);
    assertThat(cache.decrement("k", Long.MAX_VALUE)).hasValue(0);
    assertThat(cache.decrement("k", 1)).hasValue(0);
    assertThat(cache.increment("k", 1)).hasValue(1);
  }

  @Test
  default void countsBelowZeroOnlyUp() {
    MemcachedCache<String, Long> cache = openLongs();
    cache.put("k", -5L);

    assertThat(cache.decrement("k", 1)).hasValue(-5);
    assertThat(cache.increment("k", 2)).hasValue(-3);
    assertThat(cache.increment("k", Long.MAX_VALUE)).hasValue(Long.MAX_VALUE - 3);
    assertThat(cache.get("k")).isEqualTo(Long.MAX_VALUE - 3);
  }

  @Test
  default void countsWhatWasStoredInAnyWay() {
    MemcachedCache<String, Long> cache = openLongs();
    cache.put("put", 1L);
    cache.put("expiring", 1L, expireAfter(Duration.ofHours(1)));
    cache.putIfAbsent("put if absent", 1L);
    cache.getAndPut("replaced", 1L);
    cache.increment("counted", 1, 1);
    String longKey = "k".repeat(400);
    cache.put(longKey, 1L);

    for (String key : List.of("put", "expiring", "put if absent", "replaced", "counted", longKey)) {
      assertThat(cache.increment(key, 1)).as(key).hasValue(2);
      assertThat(cache.increment(key, 1, 7)).as(key).isEqualTo(3);
      assertThat(cache.get(key)).as(key).isEqualTo(3);
      assertThat(cache.decrement(key, 1)).as(key).hasValue(2);
    }
    assertThat(cache.increment("n".repeat(400), 1, 5)).isEqualTo(5);
    assertThat(cache.get("n".repeat(400))).isEqualTo(5L);
  }

  @Test
  default void countersAreEntriesLikeOthers() {
    MemcachedCache<String, Long> cache = openLongs();
    cache.increment("k", 1, 1);
    EntryVersion version = Objects.requireNonNull(cache.getVersioned("k")).version();
    cache.increment("k", 1, 1);

    assertThat(cache.replace("k", 7L, version)).isFalse();
    assertThat(cache.iterator().next().getValue()).isEqualTo(2L);
    assertThat(cache.putIfAbsent("k", 7L)).isFalse();
    assertThat(cache.touch("k", Duration.ofHours(1))).isTrue();
    assertThat(cache.increment("k", 1, 1)).isEqualTo(3);
    assertThat(cache.getAndRemove("k")).isEqualTo(3L);
  }

  @Test
  default void countsEveryTypeOfWholeNumbers() {
    MemcachedCache<String, Integer> integers = open(String.class, Integer.class);
    MemcachedCache<String, Short> shorts = open(String.class, Short.class);
    MemcachedCache<String, Byte> bytes = open(String.class, Byte.class);
    MemcachedCache<String, Number> numbers = open(String.class, Number.class);
    MemcachedCache<String, Object> objects = open(String.class, Object.class);
    objects.put("integer object", 7);

    Map.of("integer", integers, "short", shorts, "byte", bytes, "number", numbers)
        .forEach(
            (key, cache) -> {
              assertThat(cache.increment(key, 1, 7)).isEqualTo(7);
              assertThat(cache.increment(key, 1)).hasValue(8);
            });
    assertThat(objects.increment("integer object", 1)).hasValue(8);
    assertThat(integers.get("integer")).isEqualTo(8);
    assertThat(shorts.get("short")).isEqualTo((short) 8);
    assertThat(bytes.get("byte")).isEqualTo((byte) 8);
    assertThat(numbers.get("number")).isEqualTo(8L);
    assertThat(objects.get("integer object")).isEqualTo(8L);
  }

  @Test
  default void whatWouldExceedTheTypeIsRefused() {
    MemcachedCache<String, Long> longs = openLongs();
    MemcachedCache<String, Byte> bytes = open(String.class, Byte.class);
    longs.put("k", Long.MAX_VALUE - 1);
    longs.put("enveloped", Long.MAX_VALUE - 1, expireAfter(Duration.ofHours(1)));
    bytes.put("byte", (byte) 126);

    assertThat(longs.increment("k", 1)).hasValue(Long.MAX_VALUE);
    for (long delta : new long[] {1, 1L << 40, Long.MAX_VALUE}) {
      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> longs.increment("k", delta, 1))
          .withMessage(
              "The counter 'k' is 9223372036854775807 and stays so: adding %d would exceed 9223372036854775807, the largest Long",
              delta)
          .withCauseInstanceOf(ArithmeticException.class);
      assertThat(longs.get("k")).isEqualTo(Long.MAX_VALUE);
    }
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> longs.increment("enveloped", 2));
    assertThat(longs.get("enveloped")).isEqualTo(Long.MAX_VALUE - 1);
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> bytes.increment("byte", 2))
        .withMessageContaining("126")
        .withMessageContaining("127, the largest Byte");
    assertThat(bytes.get("byte")).isEqualTo((byte) 126);
  }

  @Test
  default void severalThreadsLoseNothingAtTheLimit() throws Exception {
    MemcachedCache<String, Long> cache = openLongs();
    cache.put("k", Long.MAX_VALUE - 100);

    List<Integer> counted = inEightThreads(() -> increments(cache, 50));

    assertThat(counted.stream().mapToInt(i -> i).sum()).isEqualTo(100);
    assertThat(cache.get("k")).isEqualTo(Long.MAX_VALUE);
  }

  private static int increments(MemcachedCache<String, Long> cache, int attempts) {
    int counted = 0;
    for (int i = 0; i < attempts; i++) {
      try {
        counted += cache.increment("k", 1).isPresent() ? 1 : 0;
      } catch (CacheException exceeded) {
        assertThat(exceeded).hasCauseInstanceOf(ArithmeticException.class);
      }
    }
    return counted;
  }

  private static <T> List<T> inEightThreads(Callable<T> work)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<T>> running = IntStream.range(0, 8).mapToObj(i -> threads.submit(work)).toList();
      List<T> results = new ArrayList<>();
      for (Future<T> each : running) {
        results.add(each.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  default void severalThreadsCountExactly() throws Exception {
    MemcachedCache<String, Long> longs = openLongs();
    MemcachedCache<String, Integer> integers = open(String.class, Integer.class);
    Callable<Void> work =
        () -> {
          for (int i = 0; i < 25; i++) {
            longs.increment("k", 1, 1);
            integers.increment("integer", 1, 1);
          }
          return null;
        };

    inEightThreads(work);

    assertThat(longs.get("k")).isEqualTo(200L);
    assertThat(integers.get("integer")).isEqualTo(200);
  }

  @Test
  default void listenersGetEvents() {
    List<String> events = new CopyOnWriteArrayList<>();
    CacheEntryCreatedListener<String, Long> created =
        all -> all.forEach(event -> events.add("created " + event.getValue()));
    CacheEntryUpdatedListener<String, Long> updated =
        all ->
            all.forEach(
                event -> events.add("updated " + event.getOldValue() + " " + event.getValue()));
    MemcachedCache<String, Long> cache =
        open(
            longs()
                .addCacheEntryListenerConfiguration(
                    new MutableCacheEntryListenerConfiguration<>(() -> created, null, true, true))
                .addCacheEntryListenerConfiguration(
                    new MutableCacheEntryListenerConfiguration<>(() -> updated, null, true, true)));

    cache.increment("k", 1, 5);
    cache.increment("k", 2, 5);
    cache.decrement("k", 10);
    cache.increment("absent", 1);

    assertThat(events).containsExactly("created 5", "updated 5 7", "updated 7 0");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE})
  default void negativeArgumentsAreRefused(long negative) {
    MemcachedCache<String, Long> cache = openLongs();
    cache.put("k", 1L);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> cache.increment("k", negative))
        .withMessage("The delta is %d; it must be from 0 to 9223372036854775807", negative);
    assertThatIllegalArgumentException().isThrownBy(() -> cache.decrement("k", negative, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cache.increment("k", 1, negative))
        .withMessageContaining("The initial value is " + negative);
    MemcachedCache<String, Byte> bytes = open(String.class, Byte.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bytes.increment("k", 1, 128))
        .withMessage("The initial value is 128; it must be from 0 to 127");
    assertThat(cache.get("k")).isEqualTo(1L);
  }

  @Test
  default void whatIsNoWholeNumberIsRefused() {
    MemcachedCache<String, String> texts = open(String.class, String.class);
    MemcachedCache<String, Double> doubles = open(String.class, Double.class);
    MemcachedCache<String, Object> objects = open(String.class, Object.class);
    objects.put("k", "12");

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> texts.increment("k", 1, 1))
        .withMessage(
            "Cache '%s' has values of type java.lang.String, which cannot be counted: the value type must be Long, Integer, Short, Byte, Number or Object",
            texts.getName());
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> doubles.increment("k", 1));
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> objects.increment("k", 1, 1))
        .withMessage(
            "The value of 'k' is a java.lang.String, which cannot be counted: it must be a Long, Integer, Short or Byte");
    assertThat(objects.get("k")).isEqualTo("12");
  }

  @Test
  default void theWriterIsCalled() {
    List<Long> written = new CopyOnWriteArrayList<>();
    CacheWriter<String, Long> writer =
        new CacheWriter<>() {
          @Override
          public void write(Cache.Entry<? extends String, ? extends Long> entry) {
            written.add(entry.getValue());
          }

          @Override
          public void writeAll(Collection<Cache.Entry<? extends String, ? extends Long>> entries) {
            throw new UnsupportedOperationException();
          }

          @Override
          public void delete(Object key) {
            throw new UnsupportedOperationException();
          }

          @Override
          public void deleteAll(Collection<?> keys) {
            throw new UnsupportedOperationException();
          }
        };
    MemcachedCache<String, Long> cache =
        open(longs().setWriteThrough(true).setCacheWriterFactory(() -> writer));

    cache.increment("k", 1, 5);
    cache.increment("k", 2);
    cache.increment("absent", 2);

    assertThat(written).containsExactly(5L, 7L);
  }

  private MemcachedCache<String, Long> openLongs() {
    return open(longs());
  }

  private static MutableConfiguration<String, Long> longs() {
    return new MutableConfiguration<String, Long>().setTypes(String.class, Long.class);
  }

  private <K, V> MemcachedCache<K, V> open(Class<K> keyType, Class<V> valueType) {
    return open(new MutableConfiguration<K, V>().setTypes(keyType, valueType));
  }

  @SuppressWarnings("unchecked")
  private <K, V> MemcachedCache<K, V> open(MutableConfiguration<K, V> configuration) {
    return create(configuration).unwrap(MemcachedCache.class);
  }
}
