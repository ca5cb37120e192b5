package org.jcachememcached.guice;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * The computations that are under way, at most one for each entry that can be joined. There is one
 * of these in a JVM, for a cache can be shared by several injectors. Thread-safe.
 */
final class Computations {

  static final Computations OF_THIS_JVM = new Computations();

  private static final int STRIPES = 64;

  private final ConcurrentMap<Computation.Entry, Computation> running = new ConcurrentHashMap<>();
  private final ConcurrentMap<Computation.Entry, Integer> overtaken = new ConcurrentHashMap<>();
  private final ConcurrentMap<Thread, Computation> awaited = new ConcurrentHashMap<>();
  private final AtomicLongArray ended = new AtomicLongArray(STRIPES);

  /**
   * How many computations of this entry, and of some others, have ended. If the number is the same
   * after a lookup and when a computation begins, nothing was stored in between.
   */
  long ended(Computation.Entry entry) {
    return ended.get(stripe(entry));
  }

  /**
   * Begins a computation, unless one of the same entry is under way.
   *
   * @param patience one that takes longer than this is not joined any more
   * @return the one to wait for, or the given one if that is to be done
   */
  Computation begin(Computation mine, Duration patience) {
    return running.compute(
        mine.entry(),
        (entry, other) -> {
          if (other != null && !other.isOlderThan(patience)) {
            return other;
          }
          if (other != null) {
            overtake(entry);
          }
          return overtaken.containsKey(entry) ? mine.asSecond() : mine;
        });
  }

  private void overtake(Computation.Entry entry) {
    overtaken.merge(entry, 1, Integer::sum);
  }

  /** To be called when the outcome is stored. */
  void end(Computation mine, Outcome outcome) {
    ended.incrementAndGet(stripe(mine.entry()));
    leave(mine);
    mine.end(outcome);
  }

  /** To be called instead when the value was in the cache and nothing was stored. */
  void endFound(Computation mine, Outcome outcome) {
    mine.markFound();
    leave(mine);
    mine.end(outcome);
  }

  private void leave(Computation mine) {
    if (!running.remove(mine.entry(), mine)) {
      overtaken.computeIfPresent(mine.entry(), (entry, count) -> count == 1 ? null : count - 1);
    }
  }

  /**
   * Waits for the computation of another caller.
   *
   * @param nanos how long to wait
   * @return null if it took too long, or can never end as it waits for the current thread, or if
   *     the current thread is interrupted, and stays so
   */
  @Nullable Outcome await(Computation computation, long nanos) {
    Thread me = Thread.currentThread();
    awaited.put(me, computation);
    try {
      return waitsFor(me, computation) ? null : outcomeOf(computation, nanos);
    } finally {
      awaited.remove(me);
    }
  }

  /**
   * Whether a computation waits for a thread, be it by several others. Each waiting thread makes
   * itself known first and looks then, so of those in a circle the last one sees it.
   */
  private boolean waitsFor(Thread thread, Computation computation) {
    Computation next = computation;
    for (int links = 0; next != null && links <= awaited.size(); links++) {
      Thread runner = next.runner();
      if (runner == thread) {
        return true;
      }
      next = runner == null ? null : awaited.get(runner);
    }
    return false;
  }

  private static @Nullable Outcome outcomeOf(Computation computation, long nanos) {
    try {
      return computation.outcome().get(nanos, NANOSECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException e) {
      throw new IllegalStateException("A computation that never fails has failed", e);
    }
  }

  /** To be called before an entry is changed: what is under way may have seen the old state. */
  void outdate(Computation.Entry entry) {
    running.computeIfPresent(
        entry,
        (same, outdated) -> {
          outdated.outdate();
          overtake(entry);
          return null;
        });
  }

  /** The same, for all entries of a cache. */
  void outdateAll(Cache<?, ?> cache) {
    running.keySet().stream().filter(entry -> entry.cache() == cache).forEach(this::outdate);
  }

  private static int stripe(Computation.Entry entry) {
    int hash = entry.hashCode();
    return (hash ^ (hash >>> 16)) & (STRIPES - 1);
  }
}
