package org.jcachememcached.internal.cache;

import java.util.List;
import java.util.Map;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessorResult;
import org.jcachememcached.internal.engine.StoreSession;
import org.jcachememcached.internal.operation.InvokeForResult;
import org.jcachememcached.internal.processor.ProcessorResult;
import org.jspecify.annotations.Nullable;

/** {@code invokeAll}: each key has a result of its own. Thread-safe. */
public final class BulkInvoker<K, V> {

  private final CacheCore<K, V> core;

  BulkInvoker(CacheCore<K, V> core) {
    this.core = core;
  }

  /**
   * Runs processors.
   *
   * @param keys those of the invocations, in their order
   */
  public <T> Map<K, EntryProcessorResult<T>> invokeAll(
      List<K> keys, List<InvokeForResult<K, V, T>> invocations) {
    StoreSession session = core.engine().newSession();
    return ProcessorResult.byKey(
        keys,
        core.writesThrough()
            ? invokeEach(invocations, session)
            : core.guard().call(() -> core.engine().executeAll(invocations, session)));
  }

  /**
   * With a writer the keys are processed one by one, because each has its own result, even if that
   * is the exception of the writer.
   */
  private <T> List<@Nullable EntryProcessorResult<T>> invokeEach(
      List<InvokeForResult<K, V, T>> invocations, StoreSession session) {
    return invocations.stream()
        .<@Nullable EntryProcessorResult<T>>map(each -> invoke(each, session))
        .toList();
  }

  private <T> @Nullable EntryProcessorResult<T> invoke(
      InvokeForResult<K, V, T> invocation, StoreSession session) {
    try {
      return core.guard().call(() -> core.engine().execute(invocation, session));
    } catch (CacheException e) {
      return ProcessorResult.failed(e);
    }
  }
}
