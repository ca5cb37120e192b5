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

  private final Supplier<? extends @Nullable V> function;
  private final LoadOnce<@Nullable V> computation;

  /**
   * @param function is called once at most, unless there is an entry, and once more, in another
   *     thread, if the entry is to be refreshed; its value is stored unless it is null
   */
  public GetOrCompute(
      OperationContext<K, V> context, K key, Supplier<? extends @Nullable V> function) {
    super(context, key);
    this.function = function;
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
    return entry != null && !entry.isReadable() && !isServedStale(entry);
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
      refresh(entry);
      return access(entry, now, entry.value()).hit();
    }
    if (isServedStale(entry)) {
      refresh(entry);
      return Outcome.<K, V, @Nullable V>of(entry.value()).staleHit();
    }
    V computed = computation.get();
    return computed == null
        ? missing(entry, null).miss()
        : createComputed(entry, computed, now, computed).miss();
  }

  private void refresh(Snapshot<V> entry) {
    context.refreshing().beginIfDue(entry, context, key(), function);
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
