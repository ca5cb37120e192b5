package org.jcachememcached.spring;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Where calls run that return a {@code CompletableFuture}. A computation holds its thread until its
 * future is completed, because its lease is renewed as long as it runs; so there are as many
 * threads as computations: virtual ones from JDK 21 on. Stateless.
 */
final class AsynchronousCalls {

  private static final String THREADS = "jcache-memcached asynchronous ";
  private static final long IDLE_SECONDS = 30;

  private AsynchronousCalls() {}

  /** A new executor, whose threads end by themselves. */
  static Executor executor() {
    try {
      return new VirtualThreadTaskExecutor(THREADS);
    } catch (UnsupportedOperationException olderJdk) {
      return platformThreads();
    }
  }

  private static Executor platformThreads() {
    CustomizableThreadFactory threads = new CustomizableThreadFactory(THREADS);
    threads.setDaemon(true);
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
  }
}
