package org.jcachememcached.internal.store.memcached;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jcachememcached.internal.logging.LogNames;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.memcached.scan.Crawl;
import org.jcachememcached.internal.store.memcached.scan.KeyFilter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches a server for the items of keys that it has gained, and removes them; again after a pause
 * if that fails. Thread-safe.
 */
final class GainSweep {

  private static final Logger LOG = LoggerFactory.getLogger(LogNames.SERVERS);
  private static final int PAGE_SIZE = 1000;
  private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofMinutes(1).toNanos();

  private final Gain gain;
  private final Set<String> prefixes;
  private @Nullable Crawl crawl;
  private boolean stopped;
  private boolean underWay;
  private boolean done;
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

  /** Whether all items were removed. */
  synchronized boolean isDone() {
    return done;
  }

  /** Whether it is to be started, again after a failure. */
  synchronized boolean isDue() {
    return !underWay && !done && gain.node().outage() == null && System.nanoTime() - notBefore >= 0;
  }

  synchronized void startIn(Executor threads) {
    underWay = true;
    threads.execute(this::run);
  }

  private void run() {
    try {
      sweepAll();
      ended(true);
    } catch (Throwable e) {
      ended(false);
      logUnlessStopped(e);
    }
  }

  private synchronized void logUnlessStopped(Throwable failure) {
    if (!stopped) {
      LOG.warn(
          "What memcached at {} has stored at an earlier time cannot be removed yet, so each of the"
              + " keys that it has gained is removed before it is used: {}",
          gain.node().server(),
          String.valueOf(failure.getMessage()));
    }
  }

  private synchronized void ended(boolean successfully) {
    underWay = false;
    done = successfully;
    notBefore = System.nanoTime() + pause;
    pause = Math.min(2 * pause, LONGEST_PAUSE);
  }

  /** Once more if there are items below other prefixes as well meanwhile. */
  private void sweepAll() {
    Set<String> swept = Set.of();
    while (!swept.equals(prefixes)) {
      swept = Set.copyOf(prefixes);
      sweep(swept);
    }
  }

  private void sweep(Set<String> below) {
    KeyFilter filter = (key, length) -> isToBeRemoved(KeyFilter.text(key, length), below);
    try (KeyScan scan = begin(new Crawl("", List.of(part(filter)), ended -> {})).start()) {
      for (List<String> page = scan.nextPage(PAGE_SIZE);
          !page.isEmpty();
          page = scan.nextPage(PAGE_SIZE)) {
        gain.sweep(page);
        gain.node().invalidations().settle(System.nanoTime() + gain.node().timeout().toNanos());
      }
    }
  }

  private Crawl.Part part(KeyFilter filter) {
    return new Crawl.Part(gain.node(), filter);
  }

  private boolean isToBeRemoved(String key, Set<String> below) {
    return below.stream().anyMatch(key::startsWith) && gain.isInDoubt(key);
  }

  private synchronized Crawl begin(Crawl next) {
    crawl = next;
    if (stopped) {
      next.close();
    }
    return next;
  }

  /** Gives up. */
  synchronized void stop() {
    stopped = true;
    if (crawl != null) {
      crawl.close();
    }
  }
}
