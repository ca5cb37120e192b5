package org.jcachememcached.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jcachememcached.internal.integration.CacheWriterAdapter;
import org.jcachememcached.internal.integration.WriteThrough;
import org.jspecify.annotations.Nullable;

/**
 * The step of the loop that calls the writer, before anything is stored (JSR-107 section 7.2).
 * Operations that the writer refuses are abandoned. Not thread-safe.
 */
final class WriterStep<K, V, R extends @Nullable Object> {

  private final @Nullable CacheWriterAdapter<K, V> writer;
  private final FailureHandler<K, V, R> failures;

  WriterStep(@Nullable CacheWriterAdapter<K, V> writer, FailureHandler<K, V, R> failures) {
    this.writer = writer;
    this.failures = failures;
  }

  /** Calls the writer for the applied operations that write through. */
  void run(List<PendingOperation<K, V, R>> operations) {
    if (writer == null) {
      return;
    }
    List<PendingOperation<K, V, R>> writing =
        operations.stream()
            .filter(p -> p.isOpen() && p.isApplied() && p.outcome().writeThrough() != null)
            .toList();
    if (writing.size() == 1) {
      write(writer, writing.get(0));
    } else if (!writing.isEmpty()) {
      writeAll(writer, writing);
    }
  }

  private void write(CacheWriterAdapter<K, V> writer, PendingOperation<K, V, R> pending) {
    try {
      writer.call(Objects.requireNonNull(pending.outcome().writeThrough()));
      pending.markWrittenThrough();
    } catch (RuntimeException e) {
      failures.record(e);
      failures.abandon(pending);
    } catch (Error e) {
      // The writer may have written before the error.
      pending.markWrittenThrough();
      throw e;
    }
  }

  private void writeAll(CacheWriterAdapter<K, V> writer, List<PendingOperation<K, V, R>> writing) {
    List<WriteThrough<K, V>> calls = new ArrayList<>(writing.size());
    writing.forEach(p -> calls.add(Objects.requireNonNull(p.outcome().writeThrough())));
    CacheWriterAdapter.Refusal<K> refusal;
    try {
      refusal = writer.callAll(calls);
    } catch (Error e) {
      writing.forEach(PendingOperation::markWrittenThrough);
      throw e;
    }
    for (PendingOperation<K, V, R> pending : writing) {
      if (refusal.covers(pending.operation().key())) {
        failures.abandon(pending);
      } else {
        pending.markWrittenThrough();
      }
    }
    if (refusal.cause() != null) {
      failures.record(refusal.cause());
    }
  }
}
