package org.jcachememcached;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.cache.configuration.MutableConfiguration;

/**
 * A program that reads one entry with a near cache until its standard input ends, in several
 * threads, and then prints each value that it has found, with the time at which the last read began
 * that found it, in milliseconds since the epoch.
 */
final class NearReaders {

  static final String CACHE = "numbers";
  static final String KEY = "k";

  private static final int THREADS = 4;
  private static final long PAUSE_NANOS = Duration.ofNanos(100_000).toNanos();

  private final MemcachedCache<String, Long> cache;
  private final Map<Long, Long> lastReads = new ConcurrentSkipListMap<>();
  private volatile boolean ended;

  private NearReaders(MemcachedCache<String, Long> cache) {
    this.cache = cache;
  }

  private void readUntilEnd() {
    while (!ended) {
      long begun = System.currentTimeMillis();
      Long found = cache.get(KEY);
      if (found != null) {
        lastReads.merge(found, begun, Math::max);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  @SuppressWarnings("unchecked")
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (MemcachedCachingProvider provider = new MemcachedCachingProvider();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      NearReaders readers =
          new NearReaders(
              provider
                  .getCacheManager(URI.create(arguments[0]), null)
                  .createCache(CACHE, new MutableConfiguration<String, Long>())
                  .unwrap(MemcachedCache.class));
      List<Thread> threads =
          Stream.generate(() -> new Thread(readers::readUntilEnd)).limit(THREADS).toList();
      threads.forEach(Thread::start);
      System.out.println("ready");
      while (in.readLine() != null) {
        // Until the end.
      }
      readers.ended = true;
      for (Thread thread : threads) {
        thread.join();
      }
      readers.lastReads.forEach((value, time) -> System.out.println(value + " " + time));
    }
  }
}
