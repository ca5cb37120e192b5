package org.jcachememcached.internal.store.memcached;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.thread.DaemonThreads;
import org.jspecify.annotations.Nullable;

/**
 * Finds the keys below a prefix, in a daemon thread of its own that ends when it has found them
 * all: one server after the other is drained as fast as it can send, because a server that has to
 * wait for its reader holds locks. Thread-safe.
 */
final class Crawl implements AutoCloseable {

  private final String prefix;
  private final List<ServerNode> nodes;
  private final KetamaLocator locator;
  private final Consumer<Crawl> whenEnded;
  private final KeySpool spool;
  private final Thread thread;
  private @Nullable Metadump metadump;
  private boolean closed;

  /**
   * @param nodes the servers to be searched, one at least
   */
  Crawl(String prefix, List<ServerNode> nodes, KetamaLocator locator, Consumer<Crawl> whenEnded) {
    this.prefix = prefix;
    this.nodes = nodes;
    this.locator = locator;
    this.whenEnded = whenEnded;
    this.spool = new KeySpool(idleTimeout(nodes.get(0)));
    this.thread = DaemonThreads.create("jcache-memcached scan", this::run);
  }

  /** Longer than any step of a crawl that goes as it should: to connect, to wait, to ask again. */
  private static Duration idleTimeout(ServerNode server) {
    return server.scanTimeout().plus(server.timeout().multipliedBy(3)).plusSeconds(1);
  }

  KeyScan start() {
    try {
      thread.start();
    } catch (Throwable e) {
      return refuse(failure(e));
    }
    return new SpooledScan(spool, this);
  }

  /** Does not even begin: the first page of the scan fails. */
  KeyScan refuse(StoreException because) {
    spool.end(because);
    whenEnded.accept(this);
    return new SpooledScan(spool, this);
  }

  private void run() {
    try {
      for (ServerNode node : nodes) {
        crawl(node);
      }
      spool.end(null);
    } catch (Throwable e) {
      spool.end(failure(e));
    } finally {
      whenEnded.accept(this);
    }
  }

  private static StoreException failure(Throwable cause) {
    if (cause instanceof StoreException already) {
      return already;
    }
    String why = cause instanceof IOException ? cause.getMessage() : cause.toString();
    return StoreException.withoutEffect(
        Reason.UNREACHABLE, "the servers cannot be scanned: " + why, cause);
  }

  private void crawl(ServerNode node) throws IOException {
    try (Metadump dump = begin(new Metadump(node, spool::progress))) {
      dump.forEachKey(
          prefix,
          (key, length) -> {
            if (locator.isAt(node, key, length)) {
              spool.add(key, length);
            }
          });
    }
  }

  private synchronized Metadump begin(Metadump next) throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    metadump = next;
    return next;
  }

  /** Stops, and gives up the keys that were found. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      if (metadump != null) {
        metadump.close();
      }
    }
    spool.close();
    whenEnded.accept(this);
    Threads.awaitEnd(thread);
  }
}
