package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jcachememcached.api.EntryOptions.expireAfter;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.time.Duration;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;

/** How caches append and prepend, the same on every engine that stores anything. */
interface AppendContract {

  /** A cache without entries, or another one with the same entries. */
  <K, V> Cache<K, V> create(MutableConfiguration<K, V> configuration);

  /** Lets time pass. */
  void pass(Duration time);

  @Test
  default void appendsTextAtEitherEnd() {
    MemcachedCache<String, String> cache = open(String.class);

    assertThat(cache.append("k", "b")).isFalse();
    assertThat(cache.prepend("k", "b")).isFalse();
    assertThat(cache.containsKey("k")).isFalse();
    cache.put("k", "b");
    assertThat(cache.append("k", "c\u00e9\uD83D\uDE00")).isTrue();
    assertThat(cache.prepend("k", "a")).isTrue();
    assertThat(cache.append("k", "")).isTrue();
    assertThat(cache.get("k")).isEqualTo("abc\u00e9\uD83D\uDE00");
  }

  @Test
  default void appendsBytesAtEitherEnd() {
    MemcachedCache<String, byte[]> cache = open(byte[].class);
    cache.put("k", new byte[] {2});

    assertThat(cache.append("k", new byte[] {3, -1})).isTrue();
    assertThat(cache.prepend("k", new byte[] {1})).isTrue();
    assertThat(cache.append("k", new byte[0])).isTrue();
    assertThat(cache.get("k")).containsExactly(1, 2, 3, -1);
  }

  @Test
  default void appendingKeepsTheDeadline() {
    undisturbed(this::assertThatAppendingKeepsTheDeadline);
  }

  private void assertThatAppendingKeepsTheDeadline() {
    MemcachedCache<String, String> cache = open(String.class);
    cache.put("k", "a", expireAfter(Duration.ofMillis(1_600)));
    pass(Duration.ofMillis(200));
    assertThat(cache.append("k", "b")).isTrue();
    assertThat(cache.get("k")).isEqualTo("ab");
    pass(Duration.ofMillis(1_500));

    assertThat(cache.containsKey("k")).isFalse();
    assertThat(cache.append("k", "c")).isFalse();
  }

  @Test
  default void onlyTextAndBytesAreAppended() {
    MemcachedCache<String, Long> longs = open(Long.class);
    MemcachedCache<String, Object> objects = open(Object.class);
    objects.put("text", "a");
    objects.put("number", 1);

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> longs.append("k", 1L))
        .withMessage(
            "Cache '%s' has values of type java.lang.Long, and a java.lang.Long is to be appended; both must be String or byte[]",
            longs.getName());
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> objects.append("text", 1L));
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> objects.append("number", "a"))
        .withMessage(
            "The value of 'number' is a java.lang.Integer, to which a java.lang.String cannot be appended: both must be String or byte[]");
    assertThat(objects.append("text", "b")).isTrue();
    assertThat(objects.get("text")).isEqualTo("ab");
    assertThat(objects.get("number")).isEqualTo(1);
  }

  @SuppressWarnings("unchecked")
  private <V> MemcachedCache<String, V> open(Class<V> type) {
    return create(new MutableConfiguration<String, V>().setTypes(String.class, type))
        .unwrap(MemcachedCache.class);
  }
}
