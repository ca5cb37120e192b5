package org.jcachememcached.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.MemcachedCacheManager;
import org.jcachememcached.MemcachedCachingProvider;

/**
 * The JVM of a {@link Winner}, a program that carries out the lines of its standard input. Its
 * argument is a URI; it says "ready".
 *
 * <pre>
 * hold KEY VERSION   a thread wants the value of the key, of which the source has that version; says
 *                    "loading" when the load has begun, which lasts until the loads are to end
 * await              says "reachable" when the server can be used
 * end                says "ended" when these threads have their values
 * read KEY VERSION   says the value of the key
 * </pre>
 *
 * Not thread-safe.
 */
final class WinnerProgram implements CacheLoader<String, String> {

  private static final long POLL_MILLIS = 20;

  private final Map<String, Long> versions = new ConcurrentHashMap<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Future<String>> held = new ArrayList<>();
  private final MemcachedCache<String, String> cache;

  private WinnerProgram(MemcachedCacheManager manager) {
    this.cache =
        MemcachedCache.of(
            manager.createCache(
                "faults",
                new MutableConfiguration<String, String>()
                    .setReadThrough(true)
                    .setCacheLoaderFactory(() -> this)));
  }

  static URI uri(String address) {
    return URI.create(
        "memcached://%s/faults?timeout=%dms&lease.ttl=%dms"
            .formatted(address, Trial.TIMEOUT.toMillis(), Workload.LEASE.toMillis()));
  }

  @Override
  public String load(String key) {
    String value = new Versioned(key, versions.get(key), 0).text();
    if (end.getCount() > 0) {
      System.out.println("loading");
      await(end);
    }
    return value;
  }

  @Override
  public Map<String, String> loadAll(Iterable<? extends String> keys) {
    Map<String, String> values = new HashMap<>();
    keys.forEach(key -> values.put(key, load(key)));
    return values;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void serve(BufferedReader in) throws IOException {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      System.out.println("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        carryOut(line.split(" "), threads);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void carryOut(String[] words, ExecutorService threads) {
    switch (words[0]) {
      case "hold" -> {
        versions.put(words[1], Long.valueOf(words[2]));
        held.add(threads.submit(() -> cache.get(words[1])));
      }
      case "await" -> awaitServer();
      case "end" -> endLoads();
      case "read" -> {
        versions.put(words[1], Long.valueOf(words[2]));
        System.out.println(cache.get(words[1]));
      }
      default ->
          throw new IllegalArgumentException(words[0] + " is none of hold, await, end, read");
    }
  }

  private void awaitServer() {
    while (cache.nodes().stream().anyMatch(node -> !node.getState().equals("READY"))) {
      pause();
    }
    System.out.println("reachable");
  }

  private void endLoads() {
    end.countDown();
    for (Future<String> each : held) {
      try {
        String unused = each.get();
      } catch (ExecutionException | InterruptedException e) {
        throw new IllegalStateException("a caller got no value", e);
      }
    }
    System.out.println("ended");
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public static void main(String[] arguments) throws IOException {
    try (MemcachedCachingProvider provider = new MemcachedCachingProvider();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      MemcachedCacheManager manager =
          provider
              .getCacheManager(URI.create(arguments[0]), null)
              .unwrap(MemcachedCacheManager.class);
      new WinnerProgram(manager).serve(in);
    }
  }
}
