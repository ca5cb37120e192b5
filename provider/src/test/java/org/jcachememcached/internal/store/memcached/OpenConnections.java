package org.jcachememcached.internal.store.memcached;

import java.time.Duration;
import org.jcachememcached.testing.Patience;

/** The connections of stores with the default number of them. Stateless. */
final class OpenConnections {

  private static final int OF_EACH_SERVER =
      DefaultOptions.withTimeout(Duration.ofSeconds(1)).connections();

  private OpenConnections() {}

  /**
   * Waits until all of them are open, before their server hangs: what one of them receives later
   * would be taken for a sign of life.
   */
  static void await(MemcachedStore store) {
    Patience.await()
        .until(
            () ->
                store.nodes().stream()
                    .allMatch(node -> node.getOpenConnections() == OF_EACH_SERVER));
  }
}
