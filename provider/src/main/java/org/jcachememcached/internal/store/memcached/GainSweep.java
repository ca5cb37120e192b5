package org.jcachememcached.internal.store.memcached;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.memcached.scan.Crawl;
import org.jcachememcached.internal.store.memcached.scan.CrawledSweep;
import org.jcachememcached.internal.store.memcached.scan.KeyFilter;
import org.jspecify.annotations.Nullable;

/**
 * Searches a server for the items of keys that it has gained, and removes them: again after a pause
 * if that fails, and once more if there are caches meanwhile that it has not searched for. Until
 * then each of the keys is removed before it is used. Thread-safe.
 */
final class GainSweep {

  private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofMinutes(1).toNanos();

  private final Gain gain;
  private final Set<String> prefixes;
  private Set<String> swept = Set.of();
  private @Nullable CrawledSweep underWay;
  private long notBefore = System.nanoTime();
  private long pause = FIRST_PAUSE;

  /**
   * @param prefixes below which the store has items; may grow
   */
  GainSweep(Gain gain, Set<String> prefixes) {
    this.gain = gain;
    this.prefixes = prefixes;
  }

  Gain gain() {
    return gain;
  }

  synchronized boolean isUnderWay() {
    return underWay != null;
  }

  /** Whether all items were removed. */
  synchronized boolean isDone() {
    return underWay == null && swept.equals(prefixes);
  }

  /** Whether it is to be started, again after a failure. */
  synchronized boolean isDue() {
    return !isUnderWay()
        && !isDone()
        && gain.node().outage() == null
        && System.nanoTime() - notBefore >= 0;
  }

  /** Begins, in a thread of its own. */
  synchronized void start() {
    Set<String> below = Set.copyOf(prefixes);
    String what =
        "on memcached at %s after a change of the servers".formatted(gain.node().server());
    CrawledSweep sweep = new CrawledSweep(what, () -> crawl(below), this::remove);
    underWay = sweep;
    try {
      sweep.start(done -> ended(done, below));
    } catch (Throwable noThread) {
      ended(false, below);
      throw noThread;
    }
  }

  private Crawl crawl(Set<String> below) {
    KeyFilter ofCaches = KeyFilter.below(below);
    return Crawl.of(
        gain.node(),
        (key, length) ->
            ofCaches.accepts(key, length) && gain.isInDoubt(KeyFilter.text(key, length)));
  }

  /** What cannot be removed at once is remembered, and removed before the keys are used. */
  private CompletableFuture<List<Reply>> remove(List<String> keys) {
    gain.sweep(keys);
    gain.node().invalidations().settle(System.nanoTime() + gain.node().timeout().toNanos());
    return CompletableFuture.completedFuture(List.of());
  }

  private synchronized void ended(boolean done, Set<String> below) {
    underWay = null;
    if (done) {
      swept = below;
    } else {
      notBefore = System.nanoTime() + pause;
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }

  /** Gives up. */
  synchronized void stop() {
    if (underWay != null) {
      underWay.stop();
    }
  }
}
