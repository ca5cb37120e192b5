package org.jcachememcached.internal.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The nested calls of a thread: an entry processor, a loader or a writer may use the cache inside
 * the call that runs it. If it changes an entry of that call, the call loses the race against
 * itself. Each instance belongs to one call; not thread-safe, but calls that the application makes
 * without waiting may record their changes in other threads.
 */
final class CallStack {

  private static final ThreadLocal<@Nullable CallStack> INNERMOST = new ThreadLocal<>();

  private final Predicate<String> isOpen;
  private volatile Set<String> changed = Set.of();
  private @Nullable CallStack outer;
  private @Nullable Runnable beforeNestedCall;

  /**
   * @param isOpen whether the call has not changed the entry of a key yet
   */
  CallStack(Predicate<String> isOpen) {
    this.isOpen = isOpen;
  }

  /** Runs code that may call the application. */
  void run(Runnable work) {
    changed = Set.of();
    outer = INNERMOST.get();
    INNERMOST.set(this);
    try {
      work.run();
    } finally {
      if (outer == null) {
        INNERMOST.remove();
      } else {
        INNERMOST.set(outer);
      }
    }
  }

  /**
   * Runs code that may call the application.
   *
   * @param first runs before the first call that the application makes
   */
  void run(Runnable work, Runnable first) {
    beforeNestedCall = first;
    try {
      run(work);
    } finally {
      beforeNestedCall = null;
    }
  }

  /** The innermost call of this thread that runs application code; null if there is none. */
  static @Nullable CallStack current() {
    return INNERMOST.get();
  }

  /**
   * Runs a part of a call in whichever thread.
   *
   * @param enclosing the innermost call that ran application code where the call has begun
   */
  static void within(@Nullable CallStack enclosing, Runnable work) {
    CallStack before = INNERMOST.get();
    INNERMOST.set(enclosing);
    try {
      work.run();
    } finally {
      INNERMOST.set(before);
    }
  }

  /** To be called at the beginning of each call of an application. */
  static void beginCall() {
    for (CallStack call = INNERMOST.get(); call != null; call = call.outer) {
      Runnable first = call.beforeNestedCall;
      if (first != null) {
        call.beforeNestedCall = null;
        first.run();
      }
    }
  }

  /** Whether application code has changed that entry during the last {@link #run}. */
  boolean hasChanged(String key) {
    return changed.contains(key);
  }

  /** Records the change of an entry with all calls of this thread. */
  static void recordChange(String key) {
    for (CallStack call = INNERMOST.get(); call != null; call = call.outer) {
      call.add(key);
    }
  }

  private void add(String key) {
    if (changed.isEmpty()) {
      // Most calls see no such change.
      changed = ConcurrentHashMap.newKeySet();
    }
    changed.add(key);
  }

  /** Whether a call of this thread has not changed that entry yet. */
  static boolean isPending(String key) {
    for (CallStack call = INNERMOST.get(); call != null; call = call.outer) {
      if (call.isOpen.test(key)) {
        return true;
      }
    }
    return false;
  }
}
