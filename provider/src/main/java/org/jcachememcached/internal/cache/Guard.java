package org.jcachememcached.internal.cache;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.cache.CacheException;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Guards every call to a cache: rejects it once the cache is closed, and translates the exceptions
 * of the lower layers into the {@link CacheException} that JSR-107 requires. Thread-safe.
 */
public final class Guard {

  private final String cacheName;
  private final AtomicBoolean closed = new AtomicBoolean();

  public Guard(String cacheName) {
    this.cacheName = cacheName;
  }

  /** Rejects all calls from now on; false if it already did. */
  boolean close() {
    return closed.compareAndSet(false, true);
  }

  String cacheName() {
    return cacheName;
  }

  public boolean isClosed() {
    return closed.get();
  }

  /**
   * Checks that the cache is open.
   *
   * @throws IllegalStateException if it is closed
   */
  public void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("Cache '" + cacheName + "' is closed");
    }
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

  /** What the caller of the cache gets for a failure of the lower layers. */
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
    return new CacheException("Cache '" + cacheName + "': " + e.getMessage() + outcome, e);
  }
}
