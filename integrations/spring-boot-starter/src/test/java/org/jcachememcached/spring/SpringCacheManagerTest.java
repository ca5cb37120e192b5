package org.jcachememcached.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Objects;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.MemcachedCachingProvider;
import org.jcachememcached.MemcachedConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;

/** Which caches Spring finds. */
class SpringCacheManagerTest {

  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();
  private final CacheManager manager = provider.getCacheManager(URI.create("memory:spring"), null);

  @AfterEach
  void close() {
    provider.close();
  }

  private static Cache users(SpringCacheManager caches) {
    return Objects.requireNonNull(caches.getCache("users"));
  }

  @Test
  void findsCachesOfTheManager() {
    SpringCacheManager caches = new SpringCacheManager(manager);
    assertThat(caches.getCacheNames()).isEmpty();
    assertThat(caches.getCache("users")).isNull();

    manager.createCache("users", new MutableConfiguration<>());

    assertThat(caches.getCacheNames()).containsExactly("users");
    Cache users = users(caches);
    assertThat(users.getNativeCache()).isSameAs(manager.getCache("users"));
    assertThat(caches.getCache("users")).isSameAs(users);
  }

  @Test
  void followsACacheThatTakesThePlaceOfAClosedOne() {
    SpringCacheManager caches = new SpringCacheManager(manager);
    manager.createCache("users", new MutableConfiguration<>());
    users(caches).put(1, "ada");

    manager.destroyCache("users");
    assertThat(caches.getCache("users")).isNull();
    manager.createCache("users", new MutableConfiguration<>());

    assertThat(users(caches).get(1)).isNull();
  }

  @Test
  @SuppressWarnings("unchecked") // The class of a configuration does not know its types.
  void createsMissingCachesIfItIsTo() {
    SpringCacheManager caches =
        SpringCacheManager.creatingMissingCaches(
            manager, name -> new MemcachedConfiguration<>().setExpiry("created 1 hour"));

    MemcachedCache<?, ?> users = (MemcachedCache<?, ?>) users(caches).getNativeCache();

    assertThat(manager.getCacheNames()).containsExactly("users");
    assertThat(users.getConfiguration(MemcachedConfiguration.class).get("expiry"))
        .isEqualTo("created 1 hour");
  }

  @Test
  void refusesManagersOfOtherProviders() {
    CacheManager other =
        (CacheManager)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {CacheManager.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("unwrap")) {
                    throw new IllegalArgumentException();
                  }
                  return null;
                });

    assertThatThrownBy(() -> new SpringCacheManager(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("but must be a org.jcachememcached.MemcachedCacheManager");
  }
}
