package org.jcachememcached.internal.operation;

import javax.cache.processor.EntryProcessorResult;
import org.jcachememcached.internal.engine.Operation;
import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jcachememcached.internal.processor.ProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * One key of {@code invokeAll}: a failure changes nothing for the key and is its result. A key
 * whose processor returns null has no result. For one call; not thread-safe.
 */
public final class InvokeForResult<K, V, T>
    implements Operation<K, V, @Nullable EntryProcessorResult<T>> {

  private final Invoke<K, V, T> invoke;

  public InvokeForResult(Invoke<K, V, T> invoke) {
    this.invoke = invoke;
  }

  @Override
  public K key() {
    return invoke.key();
  }

  @Override
  public Outcome<K, V, @Nullable EntryProcessorResult<T>> apply(Snapshot<V> entry, long now) {
    return invoke.apply(entry, now).mapResult(ProcessorResult::ofNullable, ProcessorResult::failed);
  }

  @Override
  public long loadNanos() {
    return invoke.loadNanos();
  }
}
