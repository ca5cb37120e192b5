package org.jcachememcached.guice;

import java.lang.annotation.Annotation;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;

/**
 * Finds caches by the names in the annotations, unless the application says otherwise. Immutable.
 */
final class LazyCacheResolverFactory implements CacheResolverFactory {

  private final Caches caches;

  LazyCacheResolverFactory(Caches caches) {
    this.caches = caches;
  }

  @Override
  public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> method) {
    return new LazyCacheResolver(caches, method.getCacheName());
  }

  @Override
  public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> method) {
    return new LazyCacheResolver(caches, method.getCacheAnnotation().exceptionCacheName());
  }
}
