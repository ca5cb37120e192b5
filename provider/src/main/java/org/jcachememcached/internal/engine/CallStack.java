package org.jcachememcached.internal.engine;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a thread is in the midst of, one inside the other: an entry processor, a loader or
 * a writer may use the cache in the call that it works for. What it changes of the entries of that
 * call makes the call lose the race against itself. Each instance belongs to one call; not
 * thread-safe.
 */
final class CallStack {

  private static final ThreadLocal<@Nullable CallStack> INNERMOST = new ThreadLocal<>();

  private final Predicate<String> isOpen;
  private Set<String> changed = Set.of();
  private @Nullable CallStack outer;

  /**
   * @param isOpen whether the call has yet to change the entry of a key
   */
  CallStack(Predicate<String> isOpen) {
    this.isOpen = isOpen;
  }

  /** Runs what may call code of the application. */
  void around(Runnable work) {
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

  /** Whether code of the application has changed that entry in what ran last. */
  boolean hasChanged(String key) {
    return changed.contains(key);
  }

  /** Tells the calls that this thread is in the midst of that an entry has changed. */
  static void tellOfChange(String key) {
    for (CallStack call = INNERMOST.get(); call != null; call = call.outer) {
      call.note(key);
    }
  }

  private void note(String key) {
    if (changed.isEmpty()) {
      // Most calls are changed by nobody.
      changed = new HashSet<>();
    }
    changed.add(key);
  }

  /** Whether a call that this thread is in the midst of has yet to change that entry. */
  static boolean isUnderWay(String key) {
    for (CallStack call = INNERMOST.get(); call != null; call = call.outer) {
      if (call.isOpen.test(key)) {
        return true;
      }
    }
    return false;
  }
}
