package org.jcachememcached.internal.event;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether the thread is at work that others wait for, such as telling listeners or the turn
 * of a key, in which foreign code may call the cache again. A thread that is occupied does not wait
 * for others: they may be waiting for it. Stateless but for what it knows of each thread.
 */
public final class NoWaitScope {

  private static final ThreadLocal<@Nullable Set<Runnable>> POSTPONED = new ThreadLocal<>();

  private NoWaitScope() {}

  public static boolean isActive() {
    return POSTPONED.get() != null;
  }

  /** Works, with the thread occupied; what was postponed meanwhile is done at the end. */
  public static void during(Runnable work) {
    if (isActive()) {
      work.run();
      return;
    }
    Set<Runnable> postponed = new LinkedHashSet<>();
    POSTPONED.set(postponed);
    try {
      work.run();
    } finally {
      POSTPONED.remove();
      postponed.forEach(Runnable::run);
    }
  }

  /** Waits for something, at once or as soon as the thread is not occupied; then only once. */
  static void waitWhenFree(Runnable waiting) {
    Set<Runnable> postponed = POSTPONED.get();
    if (postponed == null) {
      waiting.run();
    } else {
      postponed.add(waiting);
    }
  }
}
