package org.jcachememcached.internal.store;

import java.util.List;

/**
 * The keys with a prefix, page by page. Every key that exists from the beginning of the scan to its
 * end is returned exactly once; a key that is added or removed meanwhile may or may not be
 * returned. Not thread-safe.
 */
public interface KeyScan extends AutoCloseable {

  /**
   * The next keys, at most {@code limit} of them; an empty list at the end.
   *
   * @throws StoreException if a server cannot be scanned
   */
  List<String> nextPage(int limit);

  /** Ends the scan and releases its resources. */
  @Override
  void close();
}
