package org.jcachememcached.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.cache.CacheManager;
import org.jcachememcached.MemcachedCachingProvider;
import org.jcachememcached.MemcachedConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.cache.jcache.JCacheCacheManager;

/** Where Spring's own adapter for JCache differs, as {@code docs/frameworks/spring.md} says. */
class SpringsAdapterTest {

  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();
  private final CacheManager manager = provider.getCacheManager(URI.create("memory:spring"), null);

  @AfterEach
  void close() {
    provider.close();
  }

  private Cache adapted(MemcachedConfiguration<?, ?> configuration) {
    manager.createCache("users", configuration);
    JCacheCacheManager adapter = new JCacheCacheManager(manager);
    adapter.afterPropertiesSet();
    return Objects.requireNonNull(adapter.getCache("users"));
  }

  @Test
  void knowsNoFutures() {
    Cache users = adapted(new MemcachedConfiguration<>());

    assertThatThrownBy(() -> users.retrieve(1)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> users.retrieve(1, () -> CompletableFuture.completedFuture("ada")))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void refusesNullInACacheOfOneType() {
    Cache users =
        adapted(
            new MemcachedConfiguration<Integer, String>().setTypes(Integer.class, String.class));

    assertThatThrownBy(() -> users.put(1, null)).isInstanceOf(ClassCastException.class);
  }

  @Test
  void sharesEntries() {
    Cache users = adapted(new MemcachedConfiguration<>());
    users.put(1, "ada");
    users.put(2, null);

    Cache ours = Objects.requireNonNull(new SpringCacheManager(manager).getCache("users"));

    assertThat(ours.get(1, String.class)).isEqualTo("ada");
    assertThat(Objects.requireNonNull(ours.get(2)).get()).isNull();
  }
}
