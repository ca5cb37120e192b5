package org.jcachememcached.internal.store.memcached.invalidation;

import java.util.function.Consumer;

/** The removal of everything below some prefixes, which can take a while. Thread-safe. */
public interface Sweep {

  /**
   * Begins.
   *
   * @param whenEnded receives, in another thread, whether everything was removed
   */
  void start(Consumer<Boolean> whenEnded);

  /** Gives up. */
  void stop();
}
