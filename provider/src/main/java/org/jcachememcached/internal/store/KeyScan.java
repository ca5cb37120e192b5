package org.jcachememcached.internal.store;

import java.util.List;

/**
 * The keys below a prefix, page by page. Every key that is there from the beginning of the scan to
 * its end is returned exactly once; a key that is added or removed meanwhile may or may not be. Not
 * thread-safe.
 */
public interface KeyScan extends AutoCloseable {

  /**
   * The next keys, at most {@code limit} of them; an empty list when there are no more.
   *
   * @throws StoreException if a server cannot be scanned
   */
  List<String> nextPage(int limit);

  /** Gives up what the scan holds; the rest of the keys is not read. */
  @Override
  void close();
}
