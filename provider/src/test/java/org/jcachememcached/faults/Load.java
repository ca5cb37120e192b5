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

  Load(Cache<String, String> cache, Workload workload, Counters counters, Observation observation) {
    List<OwnedKey> keys =
        IntStream.range(0, workload.keys()).mapToObj(i -> new OwnedKey("key-" + i)).toList();
    workers =
        IntStream.range(0, THREADS)
            .mapToObj(i -> new Worker(i, cache, keys, workload, counters, observation))
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
