package org.jcachememcached;

import static org.jcachememcached.api.EntryOptions.tagged;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;

/**
 * Threads that compute the values of entries with one tag and read them, while a rival invalidates
 * the tag, perhaps in another JVM. A value is the epoch in which it was computed. The rival begins
 * an epoch, invalidates the tag, and then declares the epoch the least one that a read may find. As
 * a program it prints {@code enough} once it has read often, goes on until its standard input ends,
 * and prints what must not have happened. Thread-safe.
 */
final class TagReaders {

  static final String TAG = "epoch";

  private static final int KEYS = 4;
  private static final int ENOUGH_READS = 300;

  private final MemcachedCacheManager manager;
  private final MemcachedCache<String, Long> entries;
  private final MemcachedCache<String, Long> epochs;
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final CountDownLatch missingReads = new CountDownLatch(ENOUGH_READS);
  private volatile boolean ended;

  TagReaders(CacheManager manager) {
    this.manager = manager.unwrap(MemcachedCacheManager.class);
    this.entries = create("entries");
    this.epochs = create("epochs");
    epochs.putIfAbsent("latest", 0L);
    epochs.putIfAbsent("least", 0L);
  }

  @SuppressWarnings("unchecked")
  private MemcachedCache<String, Long> create(String name) {
    return manager
        .createCache(name, new MutableConfiguration<String, Long>())
        .unwrap(MemcachedCache.class);
  }

  void start(int count) {
    for (int i = 0; i < count; i++) {
      int first = i;
      Thread thread = new Thread(() -> readUntilEnd(first), "reader " + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private void readUntilEnd(int first) {
    try {
      for (int i = first; !ended; i++) {
        String key = "k" + i % KEYS;
        check(key, true);
        check(key, false);
        missingReads.countDown();
      }
    } catch (RuntimeException e) {
      violations.add(e.toString());
    }
  }

  private void check(String key, boolean compute) {
    long least = epochs.getOrThrow("least");
    Long found =
        compute
            ? entries.getOrCompute(key, unused -> epochs.getOrThrow("latest"), tagged(TAG))
            : entries.get(key);
    if (found != null && found < least) {
      violations.add(key + " is of epoch " + found + " after the invalidation in " + least);
    }
  }

  /** Begins an epoch, and lets no entry remain of those before. */
  void invalidate(long epoch) {
    epochs.put("latest", epoch);
    manager.invalidateTag(TAG);
    epochs.put("least", epoch);
  }

  /** Whether the threads have read so often that the race says something. */
  boolean haveReadEnough() {
    return missingReads.getCount() == 0;
  }

  private void awaitEnough() {
    try {
      missingReads.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends the threads; what must not have happened. */
  List<String> end() {
    ended = true;
    for (Thread thread : threads) {
      try {
        thread.join(10_000);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return violations;
  }

  public static void main(String[] arguments) throws IOException {
    try (MemcachedCachingProvider provider = new MemcachedCachingProvider();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      TagReaders readers = new TagReaders(provider.getCacheManager(URI.create(arguments[0]), null));
      readers.start(2);
      System.out.println("ready");
      readers.awaitEnough();
      System.out.println("enough");
      while (in.readLine() != null) {
        // Until the end.
      }
      System.out.println(readers.end());
    }
  }
}
