package org.jcachememcached.internal.store.memcached;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.memcached.scan.Crawl;

/** The listings of keys that are under way in a store. Thread-safe. */
final class Crawls implements AutoCloseable {

  private final Set<Crawl> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Begins to list keys.
   *
   * @param parts the servers, one at least
   * @param required the listing fails if one of them is down
   * @throws StoreException if the store is closed
   */
  KeyScan begin(String prefix, List<Crawl.Part> parts, List<ServerNode> required) {
    Crawl crawl = new Crawl(prefix, parts, underWay::remove);
    underWay.add(crawl);
    if (closed) {
      crawl.close();
      throw StoreException.withoutEffect(Reason.REJECTED, "the store is closed", null);
    }
    return required.stream()
        .map(ServerNode::outage)
        .filter(Objects::nonNull)
        .findFirst()
        .map(crawl::refuse)
        .orElseGet(crawl::start);
  }

  /** Ends all of them. */
  @Override
  public void close() {
    closed = true;
    new ArrayList<>(underWay).forEach(Crawl::close);
  }
}
