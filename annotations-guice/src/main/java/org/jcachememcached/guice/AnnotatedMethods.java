package org.jcachememcached.guice;

import com.google.inject.Injector;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheResolverFactory;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.jsr107.ri.annotations.AbstractCacheLookupUtil;
import org.jsr107.ri.annotations.DefaultCacheKeyGenerator;
import org.jsr107.ri.annotations.InternalCacheInvocationContext;
import org.jsr107.ri.annotations.InternalCacheKeyInvocationContext;
import org.jsr107.ri.annotations.StaticCacheInvocationContext;
import org.jsr107.ri.annotations.StaticCacheKeyInvocationContext;

/**
 * What the annotations of each method say, read once. The key generators and resolver factories
 * that they name are created by the injector. Thread-safe.
 */
final class AnnotatedMethods extends AbstractCacheLookupUtil<MethodInvocation> {

  private final Injector injector;
  private final @Nullable Class<? extends CacheKeyGenerator> keyGenerator;
  private final @Nullable Class<? extends CacheResolverFactory> resolverFactory;
  private final Caches caches;

  /**
   * @param keyGenerator for the methods whose annotations name none; null for the default of JCache
   * @param resolverFactory likewise; null for caches by their names
   */
  AnnotatedMethods(
      Injector injector,
      @Nullable Class<? extends CacheKeyGenerator> keyGenerator,
      @Nullable Class<? extends CacheResolverFactory> resolverFactory,
      Caches caches) {
    this.injector = injector;
    this.keyGenerator = keyGenerator;
    this.resolverFactory = resolverFactory;
    this.caches = caches;
  }

  @Override
  protected InternalCacheKeyInvocationContext<? extends Annotation>
      createCacheKeyInvocationContextImpl(
          StaticCacheKeyInvocationContext<? extends Annotation> method,
          MethodInvocation invocation) {
    return new KeyedInvocation<>(method, invocation);
  }

  @Override
  protected InternalCacheInvocationContext<? extends Annotation> createCacheInvocationContextImpl(
      StaticCacheInvocationContext<? extends Annotation> method, MethodInvocation invocation) {
    return new Invocation<>(method, invocation);
  }

  @Override
  protected Class<?> getTargetClass(MethodInvocation invocation) {
    return invocation.getThis().getClass();
  }

  @Override
  protected Method getMethod(MethodInvocation invocation) {
    return invocation.getMethod();
  }

  @Override
  protected <T> T getObjectByType(Class<T> type) {
    return injector.getInstance(type);
  }

  @Override
  protected CacheKeyGenerator getDefaultCacheKeyGenerator() {
    return keyGenerator == null
        ? new DefaultCacheKeyGenerator()
        : injector.getInstance(keyGenerator);
  }

  @Override
  protected CacheResolverFactory getDefaultCacheResolverFactory() {
    return resolverFactory == null
        ? new LazyCacheResolverFactory(caches)
        : injector.getInstance(resolverFactory);
  }
}
