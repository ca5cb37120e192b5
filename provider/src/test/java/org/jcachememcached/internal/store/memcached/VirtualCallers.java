package org.jcachememcached.internal.store.memcached;

import java.lang.reflect.Method;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jcachememcached.internal.config.Server;

/**
 * A JVM, of JDK 21 or newer, in which virtual threads and platform threads share a store. Compiled
 * for JDK 17, which does not have virtual threads.
 */
final class VirtualCallers {

  static final String SUCCESS = "no wrong answer";

  private static final int VIRTUAL_THREADS = 500;
  private static final int PLATFORM_THREADS = 4;
  private static final int CALLS = 40;

  private VirtualCallers() {}

  /**
   * Calls the store from all threads and prints whether an answer was wrong.
   *
   * @param arguments the port of a server that has the {@link KnownItems}
   */
  public static void main(String[] arguments) throws Exception {
    List<Server> servers = List.of(new Server("127.0.0.1", Integer.parseInt(arguments[0]), 1));
    Method newExecutor = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
    ExecutorService virtual = (ExecutorService) newExecutor.invoke(null);
    ExecutorService platform = Executors.newFixedThreadPool(PLATFORM_THREADS);
    try (MemcachedStore store =
        new MemcachedStore(
            servers, DefaultOptions.withTimeout(Duration.ofSeconds(60)), InstantSource.system())) {
      KnownItems items = new KnownItems(store);
      List<Future<Integer>> wrong = new ArrayList<>();
      for (int i = 0; i < VIRTUAL_THREADS; i++) {
        wrong.add(virtual.submit(() -> items.wrongAnswersOf(CALLS)));
      }
      for (int i = 0; i < PLATFORM_THREADS; i++) {
        wrong.add(platform.submit(() -> items.wrongAnswersOf(CALLS)));
      }
      int sum = 0;
      for (Future<Integer> one : wrong) {
        sum += one.get();
      }
      System.out.println(sum == 0 ? SUCCESS : sum + " wrong answers");
    } finally {
      virtual.shutdown();
      platform.shutdown();
    }
  }
}
