package org.jcachememcached.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Objects;
import org.jcachememcached.MemcachedCacheManager;
import org.jcachememcached.MemcachedCachingProvider;
import org.jcachememcached.MemcachedConfiguration;
import org.jcachememcached.spring.SpringCacheManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/** Which beans an application has, and which caches. */
class MemcachedAutoConfigurationTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(MemcachedAutoConfiguration.class))
          .withPropertyValues("memcached.engine=memory");

  @Test
  void createsTheManagersAndTheDeclaredCaches() {
    runner
        .withPropertyValues(
            "memcached.statistics=true",
            "memcached.caches.products.expiry=created 10 minutes",
            "memcached.caches.users=")
        .run(
            context -> {
              assertThat(context).hasSingleBean(CacheManager.class);
              MemcachedCacheManager manager = context.getBean(MemcachedCacheManager.class);
              assertThat(manager.openCaches()).hasSize(2);
              assertThat(manager.getCacheNames()).containsExactly("products", "users");
              assertThat(setting(context, "products", "expiry")).isEqualTo("created 10 minutes");
              assertThat(setting(context, "products", "statistics")).isEqualTo("true");
              assertThat(setting(context, "users", "expiry")).isNull();
              assertThat(context.getBean(CacheManager.class).getCacheNames())
                  .containsExactly("products", "users");
              assertThat(context.getBean(CacheManager.class).getCache("prodcts")).isNull();
            });
  }

  @SuppressWarnings("unchecked") // The class of a configuration does not know its types.
  private static @Nullable String setting(
      ApplicationContext context, String cache, String setting) {
    MemcachedCacheManager manager = context.getBean(MemcachedCacheManager.class);
    return Objects.requireNonNull(manager.getCache(cache))
        .getConfiguration(MemcachedConfiguration.class)
        .get(setting);
  }

  @Test
  void createsWhatIsAskedForWhereNothingIsDeclared() {
    runner
        .withPropertyValues("memcached.expiry=created 1 hour")
        .run(
            context -> {
              assertThat(context.getBean(CacheManager.class).getCache("users")).isNotNull();
              assertThat(setting(context, "users", "expiry")).isEqualTo("created 1 hour");
            });
  }

  @Test
  void createsTheCachesThatSpringNames() {
    runner
        .withPropertyValues("spring.cache.cache-names=products,users")
        .run(
            context ->
                assertThat(context.getBean(MemcachedCacheManager.class).getCacheNames())
                    .containsExactly("products", "users"));
  }

  @Test
  void givesEachApplicationAManagerOfItsOwn() {
    runner.run(
        one ->
            runner
                .withPropertyValues("memcached.expiry=created 1 hour")
                .run(
                    two -> {
                      MemcachedCacheManager manager = two.getBean(MemcachedCacheManager.class);
                      assertThat(manager).isNotSameAs(one.getBean(MemcachedCacheManager.class));
                      two.getBean(CacheManager.class).getCache("users");
                      assertThat(setting(two, "users", "expiry")).isEqualTo("created 1 hour");
                    }));
  }

  @Test
  void closesTheManagerWithTheApplication() {
    MemcachedCacheManager[] manager = new MemcachedCacheManager[1];
    runner.run(context -> manager[0] = context.getBean(MemcachedCacheManager.class));

    assertThat(manager[0].isClosed()).isTrue();
  }

  @Test
  void callsTheCustomizersOfTheApplication() {
    runner
        .withPropertyValues("memcached.caches.products.expiry=created 10 minutes")
        .withBean(
            MemcachedCustomizer.class,
            () ->
                (cache, configuration) ->
                    configuration.set("key.prefix", configuration.settings().size() + cache))
        .run(
            context ->
                assertThat(setting(context, "products", "key.prefix")).isEqualTo("1products"));
  }

  @Test
  void customizesCachesThatAreNotDeclaredToo() {
    runner
        .withBean(
            MemcachedCustomizer.class,
            () -> (cache, configuration) -> configuration.setExpiry("created 1 hour"))
        .run(
            context -> {
              context.getBean(CacheManager.class).getCache("users");
              assertThat(setting(context, "users", "expiry")).isEqualTo("created 1 hour");
            });
  }

  /** An application with a JCache manager of its own. */
  static final class OwnManager {

    @Bean
    MemcachedCacheManager ownManager() {
      return new MemcachedCachingProvider()
          .getCacheManager(URI.create("memory:own"), null)
          .unwrap(MemcachedCacheManager.class);
    }
  }

  @Test
  void usesTheJCacheManagerOfTheApplication() {
    runner
        .withUserConfiguration(OwnManager.class)
        .run(
            context -> {
              assertThat(context).hasSingleBean(javax.cache.CacheManager.class);
              assertThat(context.getBean(MemcachedCacheManager.class).getURI())
                  .isEqualTo(URI.create("memory:own"));
              context.getBean(CacheManager.class).getCache("users");
              assertThat(context.getBean(MemcachedCacheManager.class).getCacheNames())
                  .containsExactly("users");
            });
  }

  @Test
  void leavesSpringsManagerToTheApplication() {
    runner
        .withBean("ownManager", CacheManager.class, ConcurrentMapCacheManager::new)
        .run(
            context -> {
              assertThat(context).hasSingleBean(CacheManager.class);
              assertThat(context).doesNotHaveBean(SpringCacheManager.class);
              assertThat(context).hasSingleBean(MemcachedCacheManager.class);
            });
  }

  @Test
  void leavesSpringsManagerToAnotherTypeOfCache() {
    runner
        .withPropertyValues("spring.cache.type=none")
        .run(context -> assertThat(context).doesNotHaveBean(SpringCacheManager.class));
  }

  @Test
  void takesAUri() {
    runner
        .withPropertyValues("memcached.uri=memory:shop;expiry:created%201%20hour")
        .run(
            context -> {
              context.getBean(CacheManager.class).getCache("users");
              assertThat(setting(context, "users", "expiry")).isEqualTo("created 1 hour");
            });
  }
}
