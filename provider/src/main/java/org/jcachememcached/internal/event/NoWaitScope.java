package org.jcachememcached.internal.event;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The scope in which the current thread holds something that other threads wait for, a key lock or
 * a place in the {@link DeliveryOrder}, while it runs application code that may call the cache
 * again. In it the thread does not wait for other threads, because they may be waiting for it.
 * Thread-safe; keeps its state per thread.
 */
public final class NoWaitScope {

  private static final ThreadLocal<@Nullable Set<Runnable>> DEFERRED = new ThreadLocal<>();

  private NoWaitScope() {}

  /** Whether the current thread is in such a scope and must not wait for other threads. */
  public static boolean isActive() {
    return DEFERRED.get() != null;
  }

  /** Runs the work in such a scope; deferred waits happen at the end of the outermost one. */
  public static void run(Runnable work) {
    if (isActive()) {
      work.run();
      return;
    }
    Set<Runnable> deferred = new LinkedHashSet<>();
    DEFERRED.set(deferred);
    try {
      work.run();
    } finally {
      DEFERRED.remove();
      deferred.forEach(Runnable::run);
    }
  }

  /** Runs a wait now, or once at the end of the scope that the thread is in. */
  static void deferWait(Runnable waiting) {
    Set<Runnable> deferred = DEFERRED.get();
    if (deferred == null) {
      waiting.run();
    } else {
      deferred.add(waiting);
    }
  }
}
