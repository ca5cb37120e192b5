package org.jcachememcached.internal.cache;

import java.net.URI;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jcachememcached.internal.thread.DaemonThreads;

/** The threads of one manager, which end when they have nothing to do. Thread-safe. */
public final class BackgroundThreads implements AutoCloseable {

  private static final int LOADING_THREADS = 8;
  private static final int FEWEST_ASYNCHRONOUS_THREADS = 2;

  private final ExecutorService loads;
  private final ExecutorService asynchronousCalls;

  public BackgroundThreads(URI uri) {
    this.loads = DaemonThreads.pool("jcache-memcached loads of " + uri, LOADING_THREADS);
    this.asynchronousCalls =
        DaemonThreads.pool(
            "jcache-memcached asynchronous calls of " + uri,
            Math.max(FEWEST_ASYNCHRONOUS_THREADS, Runtime.getRuntime().availableProcessors()));
  }

  /** Runs {@code loadAll}. */
  public Executor loads() {
    return loads;
  }

  /** Runs the steps of asynchronous calls, and what depends on their results. */
  public Executor asynchronousCalls() {
    return asynchronousCalls;
  }

  /** Begins nothing any more. */
  @Override
  public void close() {
    loads.shutdown();
    asynchronousCalls.shutdown();
  }
}
