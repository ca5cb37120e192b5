package org.jcachememcached.frameworks;

import java.util.function.Supplier;
import javax.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.jcache.JCacheCacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** How an application calls a method through a cache. */
enum Framework {
  /** {@code @Cacheable(sync = true)}. */
  SPRING {
    @Override
    Supplier<String> caller(Cache<Object, Object> cache, SlowMethod method) {
      AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
      context.registerBean(
          CacheManager.class, () -> new JCacheCacheManager(cache.getCacheManager()));
      context.registerBean(SlowMethod.class, () -> method);
      context.register(CachedMethod.class);
      context.refresh();
      CachedMethod cached = context.getBean(CachedMethod.class);
      return () -> cached.value("key");
    }
  },

  /** {@code Cache.decorateSupplier}, which computes if absent. */
  RESILIENCE4J {
    @Override
    @SuppressWarnings("unchecked") // The values are strings.
    Supplier<String> caller(Cache<Object, Object> cache, SlowMethod method) {
      var decorated =
          io.github.resilience4j.cache.Cache.decorateSupplier(
              io.github.resilience4j.cache.Cache.of((Cache<String, String>) (Cache<?, ?>) cache),
              method::run);
      return () -> decorated.apply("key");
    }
  };

  /** Calls the method, unless the cache has its value. */
  abstract Supplier<String> caller(Cache<Object, Object> cache, SlowMethod method);

  /** The method as Spring calls it. Thread-safe. */
  @EnableCaching
  static class CachedMethod {

    private final SlowMethod method;

    CachedMethod(SlowMethod method) {
      this.method = method;
    }

    /** The value of any key. */
    @Cacheable(cacheNames = "values", sync = true)
    public String value(String key) {
      return method.run();
    }
  }
}
