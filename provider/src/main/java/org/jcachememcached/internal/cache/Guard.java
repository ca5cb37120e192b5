package org.jcachememcached.internal.cache;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.cache.CacheException;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Guards every call to a cache or a manager: rejects it once that is closed, and translates the
 * exceptions of the lower layers into the {@link CacheException} that JSR-107 requires.
 * Thread-safe.
 */
public final class Guard {

  private final String owner;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param owner what is guarded, as the subject of a sentence
   */
  public Guard(String owner) {
    this.owner = owner;
  }

  static Guard ofCache(String name) {
    return new Guard("Cache '" + name + "'");
  }

  /** Rejects all calls from now on; false if it already did. */
  public boolean close() {
    return closed.compareAndSet(false, true);
  }

  /** What is guarded, as the subject of a sentence. */
  String owner() {
    return owner;
  }

  public boolean isClosed() {
    return closed.get();
  }

  /**
   * Checks that it is open.
   *
   * @throws IllegalStateException if it is closed
   */
  public void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException(owner + " is closed");
    }
  }

  /**
   * The exception for a call that is not supported.
   *
   * @param reason the rest of the sentence that begins with what is guarded
   */
  UnsupportedOperationException unsupported(String reason) {
    return new UnsupportedOperationException(owner + reason);
  }

  /** Runs a call to the lower layers. */
  public <R extends @Nullable Object> R call(Supplier<R> work) {
    try {
      return work.get();
    } catch (StoreException | CodecException e) {
      throw translated(e);
    }
  }

  /** Runs a call to the lower layers without a result. */
  public void run(Runnable work) {
    try {
      work.run();
    } catch (StoreException | CodecException e) {
      throw translated(e);
    }
  }

  /** What the caller gets for a failure of the lower layers. */
  Throwable translated(Throwable failure) {
    return failure instanceof StoreException || failure instanceof CodecException
        ? translated((RuntimeException) failure)
        : failure;
  }

  private CacheException translated(RuntimeException e) {
    String outcome =
        e instanceof StoreException failure && failure.isOutcomeUnknown()
            ? "; whether it took effect is unknown"
            : "";
    return new CacheException(owner + ": " + e.getMessage() + outcome, e);
  }
}
