package org.jcachememcached.internal.integration;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A load that happens on first use and is not repeated, however often its result is needed; a
 * failure is a result too. Not thread-safe.
 *
 * @param <T> the type of the result
 */
public final class LoadOnce<T extends @Nullable Object> {

  private final Supplier<T> load;
  private @Nullable Supplier<T> result;
  private long nanos;

  private LoadOnce(Supplier<T> load) {
    this.load = load;
  }

  /** The load of one key; null if the loader returns none, or if there is no loader. */
  public static <K, V> LoadOnce<@Nullable V> of(@Nullable CacheLoaderAdapter<K, V> loader, K key) {
    return new LoadOnce<@Nullable V>(() -> loader == null ? null : loader.load(key));
  }

  /** The load that an application gives to a call; null if it computes none. */
  public static <T> LoadOnce<@Nullable T> of(Supplier<? extends @Nullable T> function) {
    return new LoadOnce<@Nullable T>(function::get);
  }

  /** The load of several keys, shared by several operations. */
  public static <K, V> LoadOnce<Map<K, V>> ofAll(Function<Set<K>, Map<K, V>> loader, Set<K> keys) {
    return new LoadOnce<>(() -> loader.apply(keys));
  }

  /** The result of the load, or the exception that it failed with. */
  public T get() {
    if (result == null) {
      long start = System.nanoTime();
      result = load();
      nanos = System.nanoTime() - start;
    }
    return result.get();
  }

  private Supplier<T> load() {
    try {
      T value = load.get();
      return () -> value;
    } catch (RuntimeException e) {
      return () -> {
        throw e;
      };
    } catch (Error e) {
      return () -> {
        throw e;
      };
    }
  }

  /** Whether the load has happened. */
  public boolean isDone() {
    return result != null;
  }

  /** The time spent in the loader, in nanoseconds; 0 before the load. */
  public long nanos() {
    return nanos;
  }
}
