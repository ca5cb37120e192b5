package org.jcachememcached.internal.store.memcached.scan;

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
 * Finds the keys below a prefix, in a daemon thread of its own that ends when it has found all of
 * them: one server after the other is drained as fast as it can send, because a server that has to
 * wait for its reader holds locks. Thread-safe.
 */
public final class Crawl implements AutoCloseable {

  /**
   * A server, and which of its keys are to be found.
   *
   * @param keys not those that are stray copies from another set of servers, for example
   */
  public record Part(ScanTarget target, KeyFilter keys) {}

  private final String prefix;
  private final List<Part> parts;
  private final Consumer<Crawl> whenEnded;
  private final KeySpool spool;
  private final Thread thread;
  private @Nullable Metadump metadump;
  private boolean closed;

  /**
   * Creates a crawl that has not begun.
   *
   * @param parts the servers to be searched, one at least
   * @param whenEnded called when the crawl has ended, perhaps more than once
   */
  public Crawl(String prefix, List<Part> parts, Consumer<Crawl> whenEnded) {
    this.prefix = prefix;
    this.parts = parts;
    this.whenEnded = whenEnded;
    this.spool = new KeySpool(idleTimeout(parts.get(0).target()));
    this.thread = DaemonThreads.create("jcache-memcached scan", this::run);
  }

  /** A crawl of one server, for all of its keys that the filter accepts. */
  public static Crawl of(ScanTarget target, KeyFilter keys) {
    return new Crawl("", List.of(new Part(target, keys)), ended -> {});
  }

  /** Longer than any step of a normal crawl: to connect, to wait, to ask again. */
  private static Duration idleTimeout(ScanTarget server) {
    return server.scanTimeout().plus(server.timeout().multipliedBy(3)).plusSeconds(1);
  }

  /** Begins; to be called once. */
  public KeyScan start() {
    try {
      thread.start();
    } catch (Throwable e) {
      return refuse(failure(e));
    }
    return new SpooledScan(spool, this);
  }

  /** Does not begin: the first page of the scan fails. */
  public KeyScan refuse(StoreException because) {
    spool.end(because);
    whenEnded.accept(this);
    return new SpooledScan(spool, this);
  }

  private void run() {
    try {
      for (Part part : parts) {
        crawl(part);
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

  private void crawl(Part part) throws IOException {
    try (Metadump dump = begin(new Metadump(part.target(), spool::progress))) {
      dump.forEachKey(
          prefix,
          (key, length) -> {
            if (part.keys().accepts(key, length)) {
              spool.add(key, length);
            }
          });
    }
  }

  private synchronized Metadump begin(Metadump next) throws IOException {
    if (closed) {
      next.close();
      throw new IOException("closed");
    }
    metadump = next;
    return next;
  }

  /** Stops, and discards the keys that were found. */
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
    DaemonThreads.awaitEnd(thread);
  }
}
