package org.jcachememcached.guice;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Threads for tests, each of which can be waited for to wait. For one thread. */
final class Crowd implements AutoCloseable {

  private final List<Thread> threads = new ArrayList<>();
  private final ExecutorService executor = Executors.newCachedThreadPool(this::thread);

  private synchronized Thread thread(Runnable work) {
    Thread thread = new Thread(work, "crowd-" + threads.size());
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }

  <T> Future<T> start(Callable<T> work) {
    return executor.submit(work);
  }

  /** Starts the same work on many threads at the same moment. */
  <T> List<Future<T>> start(int size, Callable<T> work) {
    CountDownLatch gate = new CountDownLatch(1);
    Callable<T> gated =
        () -> {
          gate.await();
          return work.call();
        };
    List<Future<T>> started = IntStream.range(0, size).mapToObj(i -> start(gated)).toList();
    gate.countDown();
    return started;
  }

  /** Waits until so many threads wait in code that has this class on its stack. */
  synchronized void awaitWaiting(int count, Class<?> where) {
    Awaitility.await()
        .atMost(60, SECONDS)
        .until(() -> threads.stream().filter(thread -> waitsIn(thread, where)).count() == count);
  }

  private static boolean waitsIn(Thread thread, Class<?> where) {
    Thread.State state = thread.getState();
    return (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING)
        && List.of(thread.getStackTrace()).stream()
            .anyMatch(frame -> frame.getClassName().equals(where.getName()));
  }

  /** Waits in a method that must not throw a checked exception. */
  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static <T> T get(Future<T> future) throws Exception {
    return future.get(60, SECONDS);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
