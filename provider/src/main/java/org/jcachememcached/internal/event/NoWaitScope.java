package org.jcachememcached.internal.event;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether the thread is at work that others wait for, such as delivery listeners or the turn
 * of a key, in which foreign code may call the cache again. A thread that is occupied does not wait
 * for others: they may be waiting for it. Stateless but for what it knows of each thread.
 */
public final class NoWaitScope {

  private static final ThreadLocal<@Nullable Set<Runnable>> DEFERRED = new ThreadLocal<>();

  private NoWaitScope() {}

  public static boolean isActive() {
    return DEFERRED.get() != null;
  }

  /** Works, with the thread occupied; what was deferred meanwhile is done at the end. */
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

  /** Waits for something, at once or as soon as the thread is not occupied; then only once. */
  static void deferWait(Runnable waiting) {
    Set<Runnable> deferred = DEFERRED.get();
    if (deferred == null) {
      waiting.run();
    } else {
      deferred.add(waiting);
    }
  }
}
