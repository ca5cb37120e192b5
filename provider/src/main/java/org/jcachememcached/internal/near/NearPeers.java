package org.jcachememcached.internal.near;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The near caches of one JVM whose entries have the same keys, so that a change by one cache is
 * seen by all of them. Thread-safe.
 */
public final class NearPeers {

  /** Replaced by each change. Weak, for caches that are not closed. */
  private volatile List<WeakReference<NearContent<?>>> contents = List.of();

  NearPeers() {}

  /** Whether there is no near cache, so that no change matters. */
  boolean isEmpty() {
    return contents.isEmpty();
  }

  synchronized void join(NearContent<?> content) {
    List<WeakReference<NearContent<?>>> more = others(content);
    more.add(new WeakReference<>(content));
    contents = List.copyOf(more);
  }

  synchronized void leave(NearContent<?> content) {
    contents = List.copyOf(others(content));
  }

  private List<WeakReference<NearContent<?>>> others(NearContent<?> content) {
    List<WeakReference<NearContent<?>>> others = new ArrayList<>();
    for (WeakReference<NearContent<?>> reference : contents) {
      NearContent<?> other = reference.get();
      if (other != null && other != content) {
        others.add(reference);
      }
    }
    return others;
  }

  /** An entry is being changed, or may have been. */
  void forget(String key) {
    each(content -> content.forget(key));
  }

  /** Any entry is being changed, or may have been. */
  void forgetAll() {
    each(NearContent::forgetAll);
  }

  private void each(Consumer<NearContent<?>> change) {
    for (WeakReference<NearContent<?>> reference : contents) {
      NearContent<?> content = reference.get();
      if (content != null) {
        change.accept(content);
      }
    }
  }
}
