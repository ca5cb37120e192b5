package org.jcachememcached.guice;

import java.lang.annotation.Annotation;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheResolver;
import org.jspecify.annotations.Nullable;

/**
 * A cache whose failures are dealt with as the policy says. Thread-safe.
 *
 * @param name by which failures are counted
 */
record GuardedCache(String name, Cache<Object, Object> cache, FailurePolicy policy) {

  /** Resolves a cache; null if it cannot be had and that is to be borne. */
  static @Nullable GuardedCache open(
      String name,
      CacheResolver resolver,
      CacheInvocationContext<? extends Annotation> context,
      FailurePolicy policy) {
    Cache<Object, Object> cache = policy.ask(name, () -> resolve(name, resolver, context));
    return cache == null ? null : new GuardedCache(name, cache, policy);
  }

  private static Cache<Object, Object> resolve(
      String name, CacheResolver resolver, CacheInvocationContext<? extends Annotation> context) {
    @Nullable Cache<Object, Object> cache = resolver.resolveCache(context);
    if (cache == null) {
      throw new CacheException(
          "The cache resolver %s found no cache '%s' for %s"
              .formatted(resolver.getClass().getName(), name, context.getMethod()));
    }
    return cache;
  }

  @Nullable Object get(Object key) {
    return policy.ask(name, () -> cache.get(key));
  }

  /**
   * The value of a key, if it is of this type: caches can be shared, also by mistake.
   *
   * @return null for what is not there or cannot be used
   */
  @Nullable Object get(Object key, Class<?> type) {
    return usable(get(key), type);
  }

  /** The same of a value that this cache has returned. */
  @Nullable Object usable(@Nullable Object value, Class<?> type) {
    if (value == null || type.isInstance(value)) {
      return value;
    }
    bear(
        "Cache '%s' holds a %s where a %s is wanted; do two methods share it that return different things?"
            .formatted(name, value.getClass().getName(), type.getName()));
    return null;
  }

  /** Whether {@link #getOrCompute} is possible. */
  boolean computes() {
    return ComputingCache.isOne(cache);
  }

  /**
   * The value of a key, or the one that is computed now by one caller of all JVMs.
   *
   * @return null if the computation stores nothing, or if the cache fails and that is to be borne
   */
  @Nullable Object getOrCompute(Object key, Supplier<? extends @Nullable Object> computation) {
    return policy.ask(name, () -> ComputingCache.getOrCompute(cache, key, computation));
  }

  /** Deals with what makes this cache unusable for a call. */
  void bear(String problem) {
    policy.bear(name, new CacheException(problem));
  }

  void put(Object key, Object value) {
    policy.change(name, () -> cache.put(key, value));
  }

  void remove(Object key) {
    policy.change(name, () -> cache.remove(key));
  }

  void removeAll() {
    policy.change(name, cache::removeAll);
  }
}
