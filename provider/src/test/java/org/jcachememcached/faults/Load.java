package org.jcachememcached.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import javax.cache.Cache;

/**
 * Eight threads that put, replace and remove keys of their own, read those of all threads, and
 * increment counters together, until they are stopped. Not thread-safe.
 */
final class Load {

  static final int THREADS = 8;
  private static final int SECONDS_TO_STOP = 60;

  private final List<Worker> workers;
  private final List<Future<?>> running = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  /**
   * @param caches the same cache as several managers see it; the threads take them in turn
   */
  Load(
      List<Cache<String, String>> caches,
      Workload workload,
      Source source,
      Counters counters,
      Observation observation) {
    List<OwnedKey> keys = List.copyOf(source.keys());
    workers =
        IntStream.range(0, THREADS)
            .mapToObj(
                i ->
                    new Worker(
                        i,
                        caches.get(i % caches.size()),
                        source.keys(),
                        shareOf(i, keys),
                        workload,
                        counters,
                        observation))
            .toList();
  }

  private static List<OwnedKey> shareOf(int thread, List<OwnedKey> keys) {
    return IntStream.range(0, keys.size())
        .filter(i -> i % THREADS == thread)
        .mapToObj(keys::get)
        .toList();
  }

  void start() {
    workers.forEach(worker -> running.add(threads.submit(worker)));
  }

  /** Returns when all threads have ended, or fails with what one of them failed with. */
  void stop() {
    workers.forEach(Worker::stop);
    threads.shutdown();
    for (Future<?> worker : running) {
      try {
        worker.get(SECONDS_TO_STOP, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw new AssertionError("a thread of the load did not end as it should", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }
}
