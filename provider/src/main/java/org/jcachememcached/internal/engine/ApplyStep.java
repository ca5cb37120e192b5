package org.jcachememcached.internal.engine;

import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.store.ItemStore;
import org.jspecify.annotations.Nullable;

/**
 * The step of the compare-and-set loop that applies the operations to what was read, and calls the
 * writer: the only one that may run code of the application. Not thread-safe.
 */
final class ApplyStep<K, V, R extends @Nullable Object> {

  private final Call<K, V, R> call;
  private final WriterStep<K, V, R> writerStep;

  ApplyStep(Call<K, V, R> call) {
    this.call = call;
    this.writerStep = new WriterStep<>(call.parts().writer(), call.failures());
  }

  void run() {
    call.callStack().run(this::applyAndWriteThrough);
  }

  private void applyAndWriteThrough() {
    applyEach();
    writerStep.run(call.operations());
  }

  private void applyEach() {
    announceEach();
    long bytes = 0;
    long largest = 0;
    for (PendingOperation<K, V, R> pending : call.operations()) {
      if (pending.isOpen() && pending.hasSnapshot() && bytes + largest <= ItemStore.ANSWER_BYTES) {
        try {
          call.vainTouches().addIfVain(pending);
          pending.apply(call.parts().clock().millis());
          call.nearStep().keep(pending);
          prepare(pending);
          bytes += pending.itemBytes();
          largest = Math.max(largest, pending.itemBytes());
        } catch (RuntimeException e) {
          call.failures().operationFailed(pending, e);
        }
      }
    }
  }

  private void announceEach() {
    for (PendingOperation<K, V, R> pending : call.operations()) {
      if (pending.isOpen() && pending.hasSnapshot()) {
        pending.operation().announce(pending.snapshot());
      }
    }
  }

  /** Encodes the command of an applied operation. */
  void prepare(PendingOperation<K, V, R> pending) {
    try {
      pending.prepare(call.parts().format(), call.parts().clock().millis());
    } catch (CodecException e) {
      call.failures().cannotBeEncoded(pending, e, pending.removal());
    }
  }
}
