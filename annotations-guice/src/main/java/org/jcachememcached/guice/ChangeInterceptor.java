package org.jcachememcached.guice;

import com.google.inject.Inject;
import java.util.function.BiConsumer;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.jsr107.ri.annotations.InternalCacheInvocationContext;
import org.jsr107.ri.annotations.InternalCacheKeyInvocationContext;
import org.jsr107.ri.annotations.StaticCacheInvocationContext;
import org.jsr107.ri.annotations.StaticCacheKeyInvocationContext;

/**
 * Changes caches around methods annotated with {@code @CachePut}, {@code @CacheRemove} or
 * {@code @CacheRemoveAll}. What is being computed when the change comes is taken for out of date.
 * The key is made when the change comes, so it can hold what the method has set. Thread-safe once
 * it is injected.
 */
final class ChangeInterceptor implements MethodInterceptor {

  @Inject
  @SuppressWarnings("NullAway.Init")
  private AnnotatedMethods methods;

  @Inject
  @SuppressWarnings("NullAway.Init")
  private FailurePolicy policy;

  @Override
  public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
    return change(invocation).around(invocation);
  }

  private Change change(MethodInvocation invocation) {
    StaticCacheInvocationContext<?> method =
        methods.getCacheInvocationContext(invocation).getStaticCacheInvocationContext();
    return switch (method.getInterceptorType()) {
      case CACHE_PUT -> put(methods.getCacheKeyInvocationContext(invocation));
      case CACHE_REMOVE_ENTRY -> remove(methods.getCacheKeyInvocationContext(invocation));
      case CACHE_REMOVE_ALL -> removeAll(methods.getCacheInvocationContext(invocation));
      case CACHE_RESULT ->
          throw new IllegalStateException(method.getMethod() + " changes no cache");
    };
  }

  private Change put(InternalCacheKeyInvocationContext<?> context) {
    CachePut annotation = (CachePut) context.getCacheAnnotation();
    Object value = context.getValueParameter().getValue();
    return new Change(
        annotation.afterInvocation(),
        annotation.cacheFor(),
        annotation.noCacheFor(),
        () -> onEntry(context, (cache, key) -> cache.put(key, value)));
  }

  private Change remove(InternalCacheKeyInvocationContext<?> context) {
    CacheRemove annotation = (CacheRemove) context.getCacheAnnotation();
    return new Change(
        annotation.afterInvocation(),
        annotation.evictFor(),
        annotation.noEvictFor(),
        () -> onEntry(context, GuardedCache::remove));
  }

  private Change removeAll(InternalCacheInvocationContext<?> context) {
    CacheRemoveAll annotation = (CacheRemoveAll) context.getCacheAnnotation();
    return new Change(
        annotation.afterInvocation(),
        annotation.evictFor(),
        annotation.noEvictFor(),
        () -> onAllEntries(context));
  }

  private void onEntry(
      InternalCacheKeyInvocationContext<?> context, BiConsumer<GuardedCache, Object> change) {
    StaticCacheKeyInvocationContext<?> method = context.getStaticCacheKeyInvocationContext();
    GuardedCache cache = open(method, context);
    if (cache != null) {
      Object key = method.getCacheKeyGenerator().generateCacheKey(context);
      Computations.OF_THIS_JVM.outdate(new Computation.Entry(cache.cache(), key));
      change.accept(cache, key);
    }
  }

  private void onAllEntries(InternalCacheInvocationContext<?> context) {
    GuardedCache cache = open(context.getStaticCacheInvocationContext(), context);
    if (cache != null) {
      Computations.OF_THIS_JVM.outdateAll(cache.cache());
      cache.removeAll();
    }
  }

  private @Nullable GuardedCache open(
      StaticCacheInvocationContext<?> method, CacheInvocationContext<?> context) {
    return GuardedCache.open(method.getCacheName(), method.getCacheResolver(), context, policy);
  }
}
