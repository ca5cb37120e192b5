package org.jcachememcached.internal.store.memcached.scan;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.Reply.Status;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.memcached.invalidation.Sweep;
import org.jcachememcached.internal.thread.DaemonThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes from one server everything that a crawl finds there, in a daemon thread of its own.
 * Thread-safe.
 */
public final class CrawledSweep implements Sweep {

  private static final Logger LOG = LoggerFactory.getLogger(CrawledSweep.class);
  private static final int PAGE_SIZE = 1000;

  private final String what;
  private final Supplier<Crawl> crawls;
  private final Function<List<String>, CompletableFuture<List<Reply>>> remover;
  private @Nullable Crawl crawl;
  private boolean stopped;

  /**
   * Creates a sweep that has not begun.
   *
   * @param what is removed, for messages
   * @param crawls creates the crawl
   * @param remover removes keys
   */
  public CrawledSweep(
      String what,
      Supplier<Crawl> crawls,
      Function<List<String>, CompletableFuture<List<Reply>>> remover) {
    this.what = what;
    this.crawls = crawls;
    this.remover = remover;
  }

  @Override
  public void start(Consumer<Boolean> whenEnded) {
    DaemonThreads.executor("jcache-memcached sweep").execute(() -> whenEnded.accept(isSwept()));
  }

  private boolean isSwept() {
    try {
      return sweep();
    } catch (Throwable e) {
      warnUnlessStopped(e);
      return false;
    }
  }

  /** Never fails: the end of the sweep has to be reported even if logging fails. */
  private synchronized void warnUnlessStopped(Throwable cause) {
    if (stopped) {
      return;
    }
    try {
      String why = cause instanceof StoreException ? cause.getMessage() : cause.toString();
      LOG.warn("What is stale {} cannot be removed: {}", what, why);
    } catch (Throwable e) {
      // The sweep is repeated, and the message with it.
      cause.addSuppressed(e);
    }
  }

  private boolean sweep() {
    Crawl next = begin();
    if (next == null) {
      return false;
    }
    try (KeyScan scan = next.start()) {
      for (List<String> page = scan.nextPage(PAGE_SIZE);
          !page.isEmpty();
          page = scan.nextPage(PAGE_SIZE)) {
        if (!areRemoved(remover.apply(page).join())) {
          return false;
        }
      }
      return true;
    }
  }

  private synchronized @Nullable Crawl begin() {
    crawl = stopped ? null : crawls.get();
    return crawl;
  }

  private static boolean areRemoved(List<Reply> replies) {
    return replies.stream().noneMatch(reply -> reply.status() == Status.FAILED);
  }

  @Override
  public synchronized void stop() {
    stopped = true;
    if (crawl != null) {
      crawl.close();
    }
  }
}
