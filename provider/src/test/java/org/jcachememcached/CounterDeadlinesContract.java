package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.api.EntryOptions.expireAfter;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.junit.jupiter.api.Test;

/** When counters expire, the same on every engine that stores anything. */
interface CounterDeadlinesContract {

  /** The numbers of a server may live that much longer, and a little more. */
  Duration STORE_DELAY = Duration.ofMillis(2500);

  /** A cache without entries, or another one with the same entries. */
  <K, V> Cache<K, V> create(MutableConfiguration<K, V> configuration);

  /** Lets time pass. */
  void pass(Duration time);

  @Test
  default void optionsAreThoseOfANewEntry() {
    undisturbed(this::assertThatOptionsAreThoseOfANewEntry);
  }

  private void assertThatOptionsAreThoseOfANewEntry() {
    MemcachedCache<String, Long> cache = open(longs());

    assertThat(cache.increment("k", 1, 1, expireAfter(Duration.ofMillis(900)))).isEqualTo(1);
    assertThat(cache.increment("k", 1, 1, expireAfter(Duration.ofHours(1)))).isEqualTo(2);
    cache.put("eternal", 1L);
    assertThat(cache.decrement("eternal", 1, 1, expireAfter(Duration.ofMillis(900)))).isZero();
    assertThat(cache.increment("none", 1, 1, expireAfter(Duration.ZERO))).isEqualTo(1);
    assertThat(cache.containsKey("none")).isFalse();
    pass(Duration.ofMillis(900).plus(STORE_DELAY));

    assertThat(cache.containsKey("k")).isFalse();
    assertThat(cache.increment("eternal", 1)).hasValue(1);
  }

  @Test
  default void thePolicyHasTheDurationsOtherwise() {
    undisturbed(this::assertThatThePolicyHasTheDurations);
  }

  private void assertThatThePolicyHasTheDurations() {
    javax.cache.expiry.Duration soon = new javax.cache.expiry.Duration(TimeUnit.SECONDS, 3);
    MemcachedCache<String, Long> created =
        open(longs().setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(soon)));
    MemcachedCache<String, Long> modified =
        open(longs().setExpiryPolicyFactory(ModifiedExpiryPolicy.factoryOf(soon)));
    created.increment("k", 1, 1);
    created.put("put", 1L);
    modified.increment("modified", 1, 1);
    pass(Duration.ofMillis(1_600));
    assertThat(created.increment("k", 1)).hasValue(2);
    assertThat(created.increment("put", 1)).hasValue(2);
    assertThat(modified.increment("modified", 1)).hasValue(2);
    pass(Duration.ofSeconds(2));

    assertThat(modified.get("modified")).isEqualTo(2L);
    pass(STORE_DELAY.plusSeconds(1));
    assertThat(created.containsKey("k")).isFalse();
    assertThat(created.containsKey("put")).isFalse();
    assertThat(modified.containsKey("modified")).isFalse();
  }

  private static MutableConfiguration<String, Long> longs() {
    return new MutableConfiguration<String, Long>().setTypes(String.class, Long.class);
  }

  private MemcachedCache<String, Long> open(MutableConfiguration<String, Long> configuration) {
    return MemcachedCache.of(create(configuration));
  }
}
