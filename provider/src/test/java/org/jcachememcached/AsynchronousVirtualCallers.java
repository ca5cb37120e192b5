package org.jcachememcached;

import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.api.AsyncCache;

/**
 * A JVM, of JDK 21 or newer, in which virtual threads make calls without waiting, and are also the
 * executor of the view. Compiled for JDK 17, which does not have virtual threads.
 */
final class AsynchronousVirtualCallers {

  static final String SUCCESS = "every increment counts once";

  private static final int THREADS = 100;
  private static final int CALLS = 20;

  private AsynchronousVirtualCallers() {}

  /**
   * Increments a value from all threads and prints whether its sum is right.
   *
   * @param arguments the address of a server
   */
  public static void main(String[] arguments) throws Exception {
    Method newExecutor = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
    ExecutorService virtual = (ExecutorService) newExecutor.invoke(null);
    try (MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      Cache<String, Integer> cache =
          provider
              .getCacheManager(
                  URI.create("memcached://" + arguments[0] + "/?timeout=1m&on.failure=throw"),
                  AsynchronousVirtualCallers.class.getClassLoader(),
                  new Properties())
              .createCache("virtual", new MutableConfiguration<>());
      cache.put("sum", 0);
      AsyncCache<String, Integer> async = MemcachedCache.of(cache).async(virtual);
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        callers.add(virtual.submit(() -> increment(async)));
      }
      for (Future<?> caller : callers) {
        caller.get();
      }
      int sum = cache.get("sum");
      System.out.println(sum == THREADS * CALLS ? SUCCESS : "the sum is " + sum);
    } finally {
      virtual.shutdown();
    }
  }

  private static void increment(AsyncCache<String, Integer> async) {
    for (int i = 0; i < CALLS; i++) {
      async
          .invoke(
              "sum",
              (entry, arguments) -> {
                entry.setValue(entry.getValue() + 1);
                return null;
              })
          .toCompletableFuture()
          .join();
    }
  }
}
