package org.jcachememcached.internal.operation;

import java.util.function.Supplier;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jcachememcached.internal.integration.LoadOnce;
import org.jcachememcached.internal.integration.TypeCheck;
import org.jcachememcached.internal.processor.ProcessedEntry;
import org.jspecify.annotations.Nullable;

/**
 * {@code invoke}: the processor runs in this JVM, on the snapshot, once per attempt; its net effect
 * is stored. The statistics count a get even if the processor fails, as in the reference
 * implementation. A processor that reads the value and then sets one has accessed the entry: the
 * expiry policy is consulted for the access and for the update. For one call; not thread-safe.
 */
public final class Invoke<K, V, T> extends EntryOperation<K, V, @Nullable T> {

  private final EntryProcessor<K, V, T> processor;
  private final Object[] arguments;
  private LoadOnce<@Nullable V> load;
  private long nanosOfEarlierLoads;

  public Invoke(
      OperationContext<K, V> context,
      K key,
      EntryProcessor<K, V, T> processor,
      Object[] arguments) {
    super(context, key);
    this.processor = processor;
    this.arguments = arguments;
    this.load = LoadOnce.of(context.readThrough(), key);
  }

  @Override
  public boolean needsLease(Snapshot<V> entry) {
    return (context.readThrough() != null || context.leasesInvocations()) && isToBeFilled(entry);
  }

  @Override
  public Outcome<K, V, @Nullable T> apply(Snapshot<V> entry, long now) {
    if (entry.isUnderNewLease() && load.isDone()) {
      // What was loaded under the last lease may be older than what ended that.
      nanosOfEarlierLoads += load.nanos();
      load = LoadOnce.of(context.readThrough(), key());
    }
    Supplier<V> stored = entry.isLive() ? entry::value : null;
    ProcessedEntry<K, V> processed = new ProcessedEntry<>(key(), stored, load, context.values());
    return outcome(entry, processed, now).hitIf(stored != null);
  }

  private Outcome<K, V, @Nullable T> outcome(
      Snapshot<V> entry, ProcessedEntry<K, V> processed, long now) {
    T result;
    try {
      result = process(processed);
    } catch (CacheException | TypeCheck.Failure e) {
      return Outcome.failing(e);
    }
    return outcome(entry, processed, now, result);
  }

  private @Nullable T process(ProcessedEntry<K, V> entry) {
    try {
      return processor.process(entry, arguments);
    } catch (CacheException | TypeCheck.Failure e) {
      throw e;
    } catch (Exception e) {
      throw new EntryProcessorException("The entry processor failed: " + e, e);
    }
  }

  private Outcome<K, V, @Nullable T> outcome(
      Snapshot<V> entry, ProcessedEntry<K, V> processed, long now, @Nullable T result) {
    return switch (processed.effect()) {
      case NONE -> entry.isLive() ? Outcome.of(result) : missing(entry, result);
      case READ -> access(entry, now, result);
      case LOADED -> createLoaded(entry, processed.effectiveValue(), now, result).bestEffort();
      case SET ->
          processed.isAccessed()
              ? updateAccessed(entry, processed.effectiveValue(), now, result)
              : write(entry, processed.effectiveValue(), now, result);
      case REMOVED -> entry.isLive() ? remove(entry, result) : removeAbsent(entry, result);
    };
  }

  @Override
  public long loadNanos() {
    return nanosOfEarlierLoads + load.nanos();
  }
}
