package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessorException;
import org.jcachememcached.api.MemcachedStatisticsMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Many threads that do at random to one key what they all wait for, and a record of what that was.
 * The value is a number; every increment must be found in it, or in what a removal has returned.
 * Thread-safe.
 */
public final class HotKey {

  private static final String KEY = "k";
  private static final String UNKNOWN = "whether it took effect is unknown";
  private static final int THREADS_PER_CACHE = 8;
  private static final int CALLS_PER_THREAD = 300;

  /** What the threads do. */
  public enum Play {
    /** Processors that increment, read, remove and throw. */
    PROCESSORS,
    /** Other operations that depend on the entry. */
    CHANGES
  }

  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong increments = new AtomicLong();
  private final AtomicLong unknownIncrements = new AtomicLong();
  private final AtomicLong unknownRemovals = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong removals = new AtomicLong();
  private final AtomicLong removed = new AtomicLong();

  private HotKey() {}

  /** Lets eight threads for each cache call processors. */
  public static HotKey play(List<Cache<String, String>> caches) {
    return play(caches, Play.PROCESSORS);
  }

  /** Lets eight threads for each cache play. */
  public static HotKey play(List<Cache<String, String>> caches, Play play) {
    HotKey record = new HotKey();
    ExecutorService threads = Executors.newFixedThreadPool(caches.size() * THREADS_PER_CACHE);
    try {
      List<Future<?>> players = new ArrayList<>();
      for (Cache<String, String> cache : caches) {
        for (int i = 0; i < THREADS_PER_CACHE; i++) {
          players.add(threads.submit(() -> record.callOften(cache, play)));
        }
      }
      for (Future<?> player : players) {
        player.get(2, TimeUnit.MINUTES);
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      threads.shutdownNow();
    }
    return record;
  }

  private void callOften(Cache<String, String> cache, Play play) {
    IntStream.range(0, CALLS_PER_THREAD).forEach(i -> call(cache, play));
  }

  private void call(Cache<String, String> cache, Play play) {
    int choice = ThreadLocalRandom.current().nextInt(10);
    calls.incrementAndGet();
    if (choice == 0) {
      remove(cache, play);
    } else if (choice > 3) {
      increment(cache, play);
    } else if (play == Play.CHANGES) {
      assertThat(cache.replace(KEY, "never there", "0")).isFalse();
    } else if (choice == 1) {
      throwFromProcessor(cache);
    } else {
      read(cache);
    }
  }

  private void increment(Cache<String, String> cache, Play play) {
    try {
      if (play == Play.CHANGES) {
        replaceByNext(cache);
      } else {
        cache.invoke(
            KEY,
            (entry, arguments) -> {
              entry.setValue(next(entry.getValue()));
              return null;
            });
      }
      increments.incrementAndGet();
    } catch (CacheException e) {
      fail(e, unknownIncrements);
    }
  }

  private static void replaceByNext(Cache<String, String> cache) {
    boolean done = false;
    while (!done) {
      String old = cache.get(KEY);
      done = old == null ? cache.putIfAbsent(KEY, "1") : cache.replace(KEY, old, next(old));
    }
  }

  private static String next(@Nullable String old) {
    return String.valueOf(old == null ? 1 : Long.parseLong(old) + 1);
  }

  private void remove(Cache<String, String> cache, Play play) {
    try {
      String old =
          play == Play.CHANGES
              ? cache.getAndRemove(KEY)
              : cache.<String>invoke(
                  KEY,
                  (entry, arguments) -> {
                    String value = entry.getValue();
                    entry.remove();
                    return value;
                  });
      if (old != null) {
        removals.incrementAndGet();
        removed.addAndGet(Long.parseLong(old));
      }
    } catch (CacheException e) {
      fail(e, unknownRemovals);
    }
  }

  private void read(Cache<String, String> cache) {
    try {
      String seen = cache.invoke(KEY, (entry, arguments) -> entry.getValue());
      assertThat(seen == null || Long.parseLong(seen) > 0).isTrue();
    } catch (CacheException e) {
      assertThat(e).message().doesNotContain(UNKNOWN);
      failures.incrementAndGet();
    }
  }

  private void throwFromProcessor(Cache<String, String> cache) {
    try {
      cache.invoke(
          KEY,
          (entry, arguments) -> {
            entry.setValue("-1000");
            throw new IllegalStateException("scripted");
          });
      throw new AssertionError("An exception of a processor is lost");
    } catch (EntryProcessorException e) {
      assertThat(e).hasCauseInstanceOf(IllegalStateException.class);
    } catch (CacheException e) {
      assertThat(e).message().doesNotContain(UNKNOWN);
      failures.incrementAndGet();
    }
  }

  private void fail(CacheException e, AtomicLong unknown) {
    boolean isUnknown = String.valueOf(e.getMessage()).contains(UNKNOWN);
    (isUnknown ? unknown : failures).incrementAndGet();
  }

  /** How many calls have failed without an effect. */
  public long failures() {
    return failures.get();
  }

  /** How many calls did not learn their outcome. */
  public long unknown() {
    return unknownIncrements.get() + unknownRemovals.get();
  }

  /** Every increment is in the value or in what was removed, unless its outcome is unknown. */
  public void verifyTotal(Cache<String, String> cache) {
    String left = cache.get(KEY);
    long total = removed.get() + (left == null ? 0 : Long.parseLong(left));
    assertThat(total).isLessThanOrEqualTo(increments.get() + unknownIncrements.get());
    if (unknownRemovals.get() == 0) {
      assertThat(total).isGreaterThanOrEqualTo(increments.get());
    }
  }

  /** The counts of one manager whose caches were the only ones. */
  public void verifyStatistics(MemcachedStatisticsMXBean statistics) {
    assertThat(statistics.getCachePuts()).isEqualTo(increments.get());
    assertThat(statistics.getCacheRemovals()).isEqualTo(removals.get());
    assertThat(statistics.getCacheGets()).isEqualTo(calls.get());
  }

  /** Each change has an event, in the order of the changes. */
  public void verifyEvents(List<String> events) {
    assertThat(events).hasSize((int) (increments.get() + removals.get()));
    @Nullable String value = null;
    for (String event : events) {
      if (event.startsWith("REMOVED")) {
        assertThat(event).isEqualTo("REMOVED k=" + value + " (" + value + ")");
        value = null;
      } else {
        @Nullable String before = value;
        value = next(before);
        assertThat(event)
            .isEqualTo(
                before == null ? "CREATED k=" + value : "UPDATED k=" + value + " (" + before + ")");
      }
    }
  }
}
