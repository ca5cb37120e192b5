package org.jcachememcached.internal.store.memcached;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.memcached.invalidation.Remover;
import org.jcachememcached.internal.store.memcached.invalidation.Sweep;
import org.jcachememcached.internal.store.memcached.scan.Crawl;
import org.jcachememcached.internal.store.memcached.scan.CrawledSweep;
import org.jcachememcached.internal.store.memcached.scan.KeyFilter;

/** Removes keys on one connection, before any other request is sent on it. Thread-safe. */
final class PrivilegedRemover implements Remover {

  private final Connection connection;

  PrivilegedRemover(Connection connection) {
    this.connection = connection;
  }

  @Override
  public CompletableFuture<List<Reply>> remove(List<String> keys) {
    return connection.remove(keys);
  }

  @Override
  public Sweep sweep(List<String> prefixes) {
    return new CrawledSweep("below " + prefixes, () -> crawl(prefixes), this::removeOwn);
  }

  private Crawl crawl(List<String> prefixes) {
    // Stray copies from another set of servers as well: they are of no use.
    return Crawl.of(connection.owner(), KeyFilter.below(prefixes));
  }

  private CompletableFuture<List<Reply>> removeOwn(List<String> keys) {
    List<String> own = keys.stream().filter(this::isOwn).toList();
    return own.isEmpty() ? CompletableFuture.completedFuture(List.of()) : remove(own);
  }

  private boolean isOwn(String key) {
    return connection.owner().connectionOf(key) == connection;
  }
}
