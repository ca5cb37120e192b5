package org.jcachememcached;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that read an entry whose value is a version of its source: that which was current when a
 * load of 0 to 3 ms began. A rival begins a version, invalidates the entry, and then declares that
 * version the least one that a read may find. Thread-safe.
 */
final class VersionReaders {

  private static final int LOAD_NANOS = 3_000_000;
  private static final int READ_NANOS = 500_000;

  private final Way way;
  private final String key;
  private final MemcachedCache<String, String> cache;
  private final AtomicLong source = new AtomicLong();
  private final LongAdder reads = new LongAdder();
  private final LongAdder loads = new LongAdder();
  private final LongAdder overtaken = new LongAdder();
  private final List<String> oldVersions = new CopyOnWriteArrayList<>();
  private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private volatile long least;
  private volatile boolean ended;

  VersionReaders(Way way, MemcachedCacheManager manager, String key) {
    this.way = way;
    this.key = key;
    this.cache = way.open(manager, this::load);
  }

  private String load(String ignored) {
    long version = source.get();
    pauseUpTo(LOAD_NANOS);
    loads.increment();
    if (source.get() != version) {
      overtaken.increment();
    }
    return Long.toString(version);
  }

  static void pauseUpTo(int nanos) {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(nanos));
  }

  void start(int count) {
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(this::readUntilEnd, way + " " + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private void readUntilEnd() {
    try {
      while (!ended) {
        long before = least;
        long found = Long.parseLong(way.read(cache, key, this::load));
        reads.increment();
        if (found < before) {
          oldVersions.add("version " + found + " after the invalidation of " + before);
        }
        pauseUpTo(READ_NANOS);
      }
    } catch (RuntimeException e) {
      failures.add(e);
    }
  }

  /** Begins a version, which loads that begin from now on find. */
  long nextVersion() {
    return source.incrementAndGet();
  }

  /** Declares that what was loaded before that version is invalidated. */
  void expect(long version) {
    least = version;
  }

  boolean haveFoundOldVersions() {
    return !oldVersions.isEmpty();
  }

  /** Ends the threads, and returns which old versions they have found. */
  List<String> end() {
    ended = true;
    for (Thread thread : threads) {
      try {
        thread.join(30_000);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    failures.forEach(
        failure -> {
          throw failure;
        });
    return oldVersions;
  }

  @Override
  public String toString() {
    return "%d loads, %d of them overtaken by a new version, %d reads, %d of old versions"
        .formatted(loads.sum(), overtaken.sum(), reads.sum(), oldVersions.size());
  }
}
