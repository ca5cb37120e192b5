package org.jcachememcached.internal.refresh;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jcachememcached.internal.engine.Engine;
import org.jcachememcached.internal.logging.OccasionalLog;
import org.jcachememcached.internal.management.FailureCounters;
import org.jcachememcached.internal.operation.RefreshDue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads entries anew in the background: of all JVMs one does, and the others serve what they have.
 * After a failure the claim stays until it ends, so that a source that is down gets one query for
 * each entry in that time. Thread-safe.
 */
public final class BackgroundRefreshes<K, V> {

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundRefreshes.class);

  private final String cacheName;
  private final Engine<K, V> engine;
  private final RefreshClaims claims;
  private final Executor executor;
  private final FailureCounters counters;
  private final LocalRefreshes underWay;
  private final OccasionalLog failures;

  /**
   * @param executor runs the loads; a task that it refuses is dropped
   * @param counters counts the loads that fail
   */
  public BackgroundRefreshes(
      String cacheName,
      Engine<K, V> engine,
      RefreshClaims claims,
      Executor executor,
      FailureCounters counters,
      InstantSource clock) {
    this.cacheName = cacheName;
    this.engine = engine;
    this.claims = claims;
    this.executor = executor;
    this.counters = counters;
    this.underWay = new LocalRefreshes(clock);
    this.failures = new OccasionalLog(clock);
  }

  /** Begins to refresh those entries that are not being refreshed already; never waits. */
  public void begin(List<RefreshDue<K, V>> due) {
    List<RefreshDue<K, V>> begun =
        due.stream().filter(refresh -> underWay.begin(refresh.storeKey())).toList();
    if (begun.isEmpty()) {
      return;
    }
    try {
      executor.execute(() -> run(begun));
    } catch (RuntimeException | Error e) {
      // The call that has found the entries has its values.
      begun.forEach(refresh -> underWay.pause(refresh.storeKey()));
      record(e);
    }
  }

  private void run(List<RefreshDue<K, V>> begun) {
    Set<String> refreshed = Set.of();
    try {
      refreshed = refreshClaimed(begun);
    } catch (RuntimeException | Error e) {
      record(e);
    } finally {
      for (RefreshDue<K, V> refresh : begun) {
        end(refresh.storeKey(), refreshed);
      }
    }
  }

  private void end(String entry, Set<String> refreshed) {
    if (refreshed.contains(entry)) {
      underWay.end(entry);
    } else {
      underWay.pause(entry);
    }
  }

  /** Refreshes the entries that no other JVM refreshes, and returns their keys. */
  private Set<String> refreshClaimed(List<RefreshDue<K, V>> begun) {
    Set<String> claimed = claims.claim(begun.stream().map(RefreshDue::storeKey).toList());
    List<RefreshDue<K, V>> ours =
        begun.stream().filter(refresh -> claimed.contains(refresh.storeKey())).toList();
    if (!ours.isEmpty()) {
      try (HeldClaims held = new HeldClaims(claims, claimed)) {
        engine.executeAll(ours);
        held.release();
      }
    }
    return claimed;
  }

  private void record(Throwable cause) {
    counters.countFailedRefresh();
    failures.log(
        times ->
            LOG.warn(
                "Cache '{}' could not refresh entries (settings 'refresh.ahead', 'stale.for'), {}"
                    + " times so far; their values are served until they end",
                cacheName,
                times,
                cause));
  }
}
