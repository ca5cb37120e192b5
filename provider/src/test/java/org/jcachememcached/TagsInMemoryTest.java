package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.api.EntryOptions.tagged;

import java.time.Duration;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tags of entries, on a store in this JVM whose clock stands still. */
class TagsInMemoryTest extends TagsContract {

  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  @Override
  <K, V> Cache<K, V> create(MutableConfiguration<K, V> configuration) {
    return caches.open(configuration);
  }

  @Override
  void pass(Duration time) {
    caches.clock().advance(time);
  }

  @Test
  @SuppressWarnings("unchecked")
  void onlyAnEnvelopeHoldsTags() {
    Cache<String, String> cache =
        create(
            new MemcachedConfiguration<String, String>()
                .set("format", "plain")
                .set("codec", "string")
                .setTypes(String.class, String.class));

    MemcachedCache<String, String> plain = cache.unwrap(MemcachedCache.class);

    assertThatThrownBy(() -> plain.put("k", "v", tagged("t")))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "Cache '%s': an entry cannot have tags: the cache stores values with format=plain, and"
                + " tags need format=envelope",
            plain.getName());
    assertThat(plain.get("k")).isNull();
  }
}
