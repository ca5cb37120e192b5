package org.jcachememcached.internal.operation;

import java.util.function.Supplier;
import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jcachememcached.internal.integration.LoadOnce;
import org.jspecify.annotations.Nullable;

/**
 * {@code getOrCompute}: an access, or a computed value that is stored if there is no entry. A value
 * that was put meanwhile wins, so that all callers get the same one. For one call; not thread-safe.
 */
public final class GetOrCompute<K, V> extends EntryOperation<K, V, @Nullable V> {

  private final LoadOnce<@Nullable V> computation;

  /**
   * @param function is called once at most, unless there is an entry; its value is stored unless it
   *     is null
   */
  public GetOrCompute(
      OperationContext<K, V> context, K key, Supplier<? extends @Nullable V> function) {
    super(context, key);
    this.computation = LoadOnce.of(function);
  }

  @Override
  public boolean isPlainRead() {
    return true;
  }

  @Override
  public long keepUntilOnRead(long now) {
    return context.keepUntilOnAccess(now);
  }

  @Override
  public boolean needsKeyLock(@Nullable Snapshot<V> entry) {
    return entry != null && !entry.isReadable();
  }

  @Override
  public boolean hasLoaded() {
    return computation.isDone();
  }

  @Override
  public boolean needsLease(Snapshot<V> entry) {
    return isToBeFilled(entry);
  }

  @Override
  public Outcome<K, V, @Nullable V> apply(Snapshot<V> entry, long now) {
    if (entry.isLive()) {
      return access(entry, now, entry.value()).hit();
    }
    V computed = computation.get();
    return computed == null
        ? missing(entry, null).miss()
        : createComputed(entry, computed, now, computed).miss();
  }

  @Override
  public long loadNanos() {
    return computation.nanos();
  }

  @Override
  public Outcome<K, V, @Nullable V> withoutStore() {
    return Outcome.<K, V, @Nullable V>of(computation.get()).miss();
  }
}
