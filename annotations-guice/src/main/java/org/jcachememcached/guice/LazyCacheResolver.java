package org.jcachememcached.guice;

import java.lang.annotation.Annotation;
import javax.cache.Cache;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheResolver;
import org.jspecify.annotations.Nullable;

/** Opens a cache when it is first needed, and again when it was closed meanwhile. Thread-safe. */
final class LazyCacheResolver implements CacheResolver {

  private final Caches caches;
  private final String name;
  private volatile @Nullable Cache<?, ?> known;

  LazyCacheResolver(Caches caches, String name) {
    this.caches = caches;
    this.name = name;
  }

  @Override
  @SuppressWarnings("unchecked") // What the types are, only the caller knows.
  public <K, V> Cache<K, V> resolveCache(CacheInvocationContext<? extends Annotation> context) {
    Cache<?, ?> cache = known;
    if (cache == null || cache.isClosed()) {
      cache = caches.open(name);
      known = cache;
    }
    return (Cache<K, V>) cache;
  }
}
