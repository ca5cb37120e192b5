package org.jcachememcached.spring;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.MemcachedConfiguration;
import org.jcachememcached.api.AsyncCache;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.support.AbstractValueAdaptingCache;
import org.springframework.cache.support.NullValue;

/**
 * Spring's view of one cache. Thread-safe.
 *
 * <p>The null that a method returns is stored as Spring's {@code NullValue}, if the cache takes any
 * object. A cache of a certain type of values, or with a codec that has no form for it, remembers
 * no null: the method runs again.
 */
final class SpringCache extends AbstractValueAdaptingCache {

  /** What a method has thrown, on its way through the cache. */
  private static final class FailedComputation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FailedComputation(Throwable cause) {
      super(null, cause, false, false);
    }
  }

  private final MemcachedCache<Object, Object> cache;
  private final AsyncCache<Object, Object> async;

  /**
   * @param executor where calls that return a future run, the computations of values included
   */
  SpringCache(MemcachedCache<Object, Object> cache, Executor executor) {
    super(takesAnyObject(cache));
    this.cache = cache;
    this.async = cache.async(executor);
  }

  @SuppressWarnings("unchecked") // The class of a configuration does not know its types.
  private static boolean takesAnyObject(MemcachedCache<Object, Object> cache) {
    MemcachedConfiguration<Object, Object> configuration =
        cache.getConfiguration(MemcachedConfiguration.class);
    String codec = configuration.get("codec");
    return configuration.getValueType().isInstance(NullValue.INSTANCE)
        && (codec == null || codec.equals("java"));
  }

  @Override
  public String getName() {
    return cache.getName();
  }

  /** The cache with everything that it has beyond JCache. */
  @Override
  public MemcachedCache<Object, Object> getNativeCache() {
    return cache;
  }

  @Override
  protected @Nullable Object lookup(Object key) {
    return cache.get(key);
  }

  /** Of all callers in all JVMs one computes; while the servers fail, each does. */
  @Override
  @SuppressWarnings("unchecked") // As Cache.get has it.
  public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
    try {
      return (T) fromStoreValue(cache.getOrCompute(key, absent -> computed(valueLoader)));
    } catch (FailedComputation e) {
      throw new ValueRetrievalException(key, valueLoader, e.getCause());
    }
  }

  private @Nullable Object computed(Callable<?> valueLoader) {
    try {
      return toStored(valueLoader.call());
    } catch (Throwable e) {
      throw new FailedComputation(causeOf(e));
    }
  }

  /** A future of the value in its wrapper, or of null without entry. */
  @Override
  public CompletableFuture<?> retrieve(Object key) {
    return async.get(key).thenApply(this::toValueWrapper).toCompletableFuture();
  }

  /** As {@link #get(Object, Callable)}, in a thread that may wait for the future. */
  @Override
  @SuppressWarnings("unchecked") // As Cache.retrieve has it.
  public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
    return async
        .getOrCompute(key, absent -> computed(() -> valueOf(valueLoader.get())))
        .handle((value, failure) -> (T) fromStoreValue(valueOrFailure(value, failure)))
        .toCompletableFuture();
  }

  /** The value of a future; null if the method has returned no future. */
  private static <T> @Nullable T valueOf(@Nullable CompletableFuture<T> future) {
    return future == null ? null : future.join();
  }

  private static @Nullable Object valueOrFailure(
      @Nullable Object value, @Nullable Throwable failure) {
    if (failure == null) {
      return value;
    }
    Throwable cause = causeOf(failure);
    throw new CompletionException(cause instanceof FailedComputation ? cause.getCause() : cause);
  }

  private static Throwable causeOf(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  @Override
  public void put(Object key, @Nullable Object value) {
    Object stored = toStored(value);
    if (stored == null) {
      cache.remove(key);
    } else {
      cache.put(key, stored);
    }
  }

  @Override
  public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
    Object stored = toStored(value);
    return stored == null ? get(key) : toValueWrapper(storedBefore(key, stored));
  }

  private @Nullable Object storedBefore(Object key, Object stored) {
    return cache.invoke(
        key,
        (entry, arguments) -> {
          if (entry.exists()) {
            return entry.getValue();
          }
          entry.setValue(stored);
          return null;
        });
  }

  /** What is stored for a value; null if nothing is. */
  private @Nullable Object toStored(@Nullable Object value) {
    return value == null && !isAllowNullValues() ? null : toStoreValue(value);
  }

  @Override
  public void evict(Object key) {
    cache.remove(key);
  }

  @Override
  public boolean evictIfPresent(Object key) {
    return cache.remove(key);
  }

  /** Takes effect at once, for all JVMs. */
  @Override
  public void clear() {
    cache.clear();
  }

  @Override
  public String toString() {
    return "Spring's view of " + cache;
  }
}
