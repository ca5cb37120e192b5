package org.jcachememcached.internal.processor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/** The result of a processor for one key of {@code invokeAll}, or its exception. Immutable. */
public final class ProcessorResult<T> implements EntryProcessorResult<T> {

  private final @Nullable T value;
  private final @Nullable CacheException failure;

  private ProcessorResult(@Nullable T value, @Nullable CacheException failure) {
    this.value = value;
    this.failure = failure;
  }

  /** The result of a processor; null if it returned null. */
  public static <T> @Nullable EntryProcessorResult<T> ofNullable(@Nullable T value) {
    return value == null ? null : new ProcessorResult<>(value, null);
  }

  /** Those of the results that are not null, by their keys. */
  public static <K, T> Map<K, EntryProcessorResult<T>> byKey(
      List<K> keys, List<@Nullable EntryProcessorResult<T>> results) {
    Map<K, EntryProcessorResult<T>> byKey = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      EntryProcessorResult<T> result = results.get(i);
      if (result != null) {
        byKey.put(keys.get(i), result);
      }
    }
    return byKey;
  }

  /** An exception in place of a result; wrapped unless it is a {@link CacheException}. */
  public static <T> EntryProcessorResult<T> failed(RuntimeException failure) {
    return new ProcessorResult<>(
        null,
        failure instanceof CacheException known ? known : new EntryProcessorException(failure));
  }

  @Override
  public T get() {
    if (failure != null) {
      throw failure;
    }
    return Objects.requireNonNull(value);
  }
}
