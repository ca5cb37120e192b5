package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The view of the keys and the approximate size, the same on every engine that stores anything. */
abstract class KeyListingContract {

  /** More than a page. */
  private static final int MANY = 1_200;

  private MemcachedCache<Object, String> cache;

  /** A cache without entries. */
  abstract <K, V> Cache<K, V> create(MutableConfiguration<K, V> configuration);

  @BeforeEach
  @SuppressWarnings("unchecked")
  void open() {
    cache =
        create(new MemcachedConfiguration<Object, String>().setStatisticsEnabled(true))
            .unwrap(MemcachedCache.class);
  }

  @Test
  void anEmptyCacheHasNoKeys() {
    assertThat(cache.keys()).isEmpty();
    assertThat(cache.approximateSize()).isZero();
    assertThatThrownBy(() -> cache.keys().iterator().next())
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void eachKeyIsListedOnce() {
    Map<Object, String> entries = entries();
    cache.putAll(entries);

    assertThat(cache.keys()).containsExactlyInAnyOrderElementsOf(entries.keySet());
    assertThat(cache.approximateSize()).isEqualTo(entries.size());
  }

  /** Numbers, texts that are no keys of memcached, and texts that are too long. */
  private static Map<Object, String> entries() {
    Map<Object, String> entries = new HashMap<>();
    IntStream.range(0, MANY).forEach(i -> entries.put(i, "v"));
    IntStream.range(0, 50).forEach(i -> entries.put("a b " + i, "v"));
    IntStream.range(0, 50).forEach(i -> entries.put("long".repeat(100) + i, "v"));
    return entries;
  }

  @Test
  void eachIteratorListsAnew() {
    Iterable<Object> keys = cache.keys();
    cache.put("a", "v");
    assertThat(keys).containsExactly("a");
    cache.put("b", "v");
    assertThat(keys).containsExactlyInAnyOrder("a", "b");
    cache.remove("a");
    assertThat(keys).containsExactly("b");
    assertThat(cache.approximateSize()).isEqualTo(1);
    cache.clear();
    assertThat(keys).isEmpty();
    assertThat(cache.approximateSize()).isZero();
  }

  @Test
  void listingCountsNothing() {
    cache.put("k", "v");
    cache.statistics().clear();

    assertThat(cache.keys()).hasSize(1);
    assertThat(cache.approximateSize()).isEqualTo(1);

    assertThat(cache.statistics().getCacheGets()).isZero();
  }

  @Test
  void removesEverySecondEntry() {
    cache.putAll(entries());
    List<Object> removed = new ArrayList<>();
    Iterator<Object> keys = cache.keys().iterator();
    for (int i = 0; keys.hasNext(); i++) {
      Object key = keys.next();
      if (i % 2 == 0) {
        keys.remove();
        removed.add(key);
      }
    }

    assertThatIllegalStateException().isThrownBy(cache.keys().iterator()::remove);
    assertThat(cache.approximateSize()).isEqualTo((MANY + 100) / 2);
    assertThat(cache.getAll(new HashSet<>(removed))).isEmpty();
    assertThat(cache.statistics().getCacheRemovals()).isEqualTo((MANY + 100) / 2);
  }

  @Test
  void aKeyIsRemovedOnceAtMost() {
    cache.put("k", "v");
    Iterator<Object> keys = cache.keys().iterator();
    keys.next();
    keys.remove();

    assertThatIllegalStateException()
        .isThrownBy(keys::remove)
        .withMessageContaining("call next() first");
  }

  @Test
  void aClosedCacheListsNothing() {
    Iterable<Object> keys = cache.keys();
    Iterator<Object> begun = keys.iterator();
    cache.close();

    assertThatIllegalStateException().isThrownBy(cache::keys);
    assertThatIllegalStateException().isThrownBy(cache::approximateSize);
    assertThatIllegalStateException().isThrownBy(cache::statistics);
    assertThatIllegalStateException().isThrownBy(cache::nodes);
    assertThatIllegalStateException().isThrownBy(keys::iterator);
    assertThatIllegalStateException().isThrownBy(begun::hasNext);
    assertThatIllegalStateException().isThrownBy(begun::next);
  }

  @Test
  void countersStayWhileStatisticsAreDisabled() {
    cache.put("k", "v");
    assertThat(cache.statistics().getCachePuts()).isEqualTo(1);
    TestCaches.enableStatistics(cache, false);
    cache.put("k", "w");
    assertThat(cache.statistics().getCachePuts()).isEqualTo(1);
  }
}
