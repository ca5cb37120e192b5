package org.jcachememcached.internal.management;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jcachememcached.api.MemcachedStatisticsMXBean;

/**
 * The statistics of one cache, as JSR-107 section 12.4 defines them. Thread-safe; while disabled, a
 * call costs one read of a flag.
 *
 * <p>Evictions are always 0: memcached does not report whose entries it evicts.
 */
public final class Statistics implements MemcachedStatisticsMXBean {

  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder puts = new LongAdder();
  private final LongAdder removals = new LongAdder();
  private final LongAdder getNanos = new LongAdder();
  private final LongAdder putNanos = new LongAdder();
  private final LongAdder removeNanos = new LongAdder();
  private final LongAdder nearHits = new LongAdder();
  private final LongAdder nearMisses = new LongAdder();
  private final LongAdder leaseWaits = new LongAdder();
  private final LongAdder leaseWaitMillis = new LongAdder();
  private final LongAdder leaseWaitTimeouts = new LongAdder();
  private final LongAdder lostLeases = new LongAdder();
  private final LongAdder staleHits = new LongAdder();
  private final LongAdder refreshes = new LongAdder();
  private final FailureCounters failures = new FailureCounters();
  private final LongSupplier nearSize;
  private volatile boolean enabled;

  /**
   * @param nearSize the number of entries in the near cache
   */
  public Statistics(boolean enabled, LongSupplier nearSize) {
    this.enabled = enabled;
    this.nearSize = nearSize;
  }

  public boolean isEnabled() {
    return enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  /** The counters of failures. */
  public FailureCounters failures() {
    return failures;
  }

  /**
   * Adds the effects of one call.
   *
   * @param nanos the duration of the call in nanoseconds, without application code
   */
  public void record(StatisticsDelta delta, long nanos) {
    if (!enabled) {
      return;
    }
    add(hits, delta.hits());
    add(misses, delta.misses());
    add(puts, delta.puts());
    add(removals, delta.removals());
    add(nearHits, delta.nearHits());
    add(nearMisses, delta.nearMisses());
    add(leaseWaits, delta.leaseWaits());
    add(leaseWaitMillis, delta.leaseWaitMillis());
    add(leaseWaitTimeouts, delta.leaseWaitTimeouts());
    add(lostLeases, delta.lostLeases());
    add(staleHits, delta.staleHits());
    add(refreshes, delta.refreshes());
    if (delta.hits() + delta.misses() > 0) {
      getNanos.add(nanos);
    }
    if (delta.puts() > 0) {
      putNanos.add(nanos);
    }
    if (delta.removals() > 0) {
      removeNanos.add(nanos);
    }
  }

  @Override
  public void clear() {
    for (LongAdder adder :
        new LongAdder[] {
          hits,
          misses,
          puts,
          removals,
          getNanos,
          putNanos,
          removeNanos,
          nearHits,
          nearMisses,
          leaseWaits,
          leaseWaitMillis,
          leaseWaitTimeouts,
          lostLeases,
          staleHits,
          refreshes
        }) {
      adder.reset();
    }
    failures.reset();
  }

  @Override
  public long getCacheHits() {
    return hits.sum();
  }

  @Override
  public float getCacheHitPercentage() {
    return percentage(getCacheHits(), getCacheGets());
  }

  @Override
  public long getCacheMisses() {
    return misses.sum();
  }

  @Override
  public float getCacheMissPercentage() {
    return percentage(getCacheMisses(), getCacheGets());
  }

  @Override
  public long getCacheGets() {
    return getCacheHits() + getCacheMisses();
  }

  @Override
  public long getCachePuts() {
    return puts.sum();
  }

  @Override
  public long getCacheRemovals() {
    return removals.sum();
  }

  @Override
  public long getCacheEvictions() {
    return 0;
  }

  @Override
  public float getAverageGetTime() {
    return averageMicros(getNanos, getCacheGets());
  }

  @Override
  public float getAveragePutTime() {
    return averageMicros(putNanos, getCachePuts());
  }

  @Override
  public float getAverageRemoveTime() {
    return averageMicros(removeNanos, getCacheRemovals());
  }

  @Override
  public long getTooLargeValues() {
    return failures.tooLarge();
  }

  @Override
  public long getDegradedOperations() {
    return failures.degraded();
  }

  @Override
  public long getUndecodableEntries() {
    return failures.undecodable();
  }

  @Override
  public long getNearHits() {
    return nearHits.sum();
  }

  @Override
  public long getNearMisses() {
    return nearMisses.sum();
  }

  @Override
  public long getNearSize() {
    return nearSize.getAsLong();
  }

  @Override
  public long getLeaseWaits() {
    return leaseWaits.sum();
  }

  @Override
  public long getLeaseWaitMillis() {
    return leaseWaitMillis.sum();
  }

  @Override
  public float getAverageLeaseWaitTime() {
    long waits = getLeaseWaits();
    return waits == 0 ? 0f : (float) TimeUnit.MILLISECONDS.toMicros(getLeaseWaitMillis()) / waits;
  }

  @Override
  public long getLeaseWaitTimeouts() {
    return leaseWaitTimeouts.sum();
  }

  @Override
  public long getLostLeases() {
    return lostLeases.sum();
  }

  @Override
  public long getStaleHits() {
    return staleHits.sum();
  }

  @Override
  public long getRefreshes() {
    return refreshes.sum();
  }

  @Override
  public long getFailedRefreshes() {
    return failures.failedRefreshes();
  }

  /** Most effects are none, and every addition is a write that others see. */
  private static void add(LongAdder adder, long effects) {
    if (effects != 0) {
      adder.add(effects);
    }
  }

  private static float percentage(long part, long whole) {
    return whole == 0 ? 0f : (float) part / whole * 100f;
  }

  private static float averageMicros(LongAdder nanos, long count) {
    return count == 0 ? 0f : (float) nanos.sum() / count / TimeUnit.MICROSECONDS.toNanos(1);
  }
}
