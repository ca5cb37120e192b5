package org.jcachememcached.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import javax.cache.CacheManager;
import org.jcachememcached.MemcachedCacheManager;
import org.jspecify.annotations.Nullable;

/**
 * Meters of the caches and servers of one manager:
 *
 * <pre>{@code
 * new MemcachedMetrics(manager).bindTo(registry);
 * }</pre>
 *
 * <p>{@code docs/metrics.md} of the project lists them. They come from {@code
 * MemcachedCache.statistics()} and {@code nodes()}, and need no JMX. Immutable and thread-safe.
 *
 * <p>Caches may be created, destroyed and closed after the binding. The meters follow when a
 * registry reads the gauge {@code memcached.caches}, which every publication or scrape does; a new
 * cache may be missing in the one that finds it. No thread is started, and no cache is created.
 * What a manager has registered disappears in the same way after it was closed; until then the
 * meters keep neither it nor its caches from being garbage collected.
 *
 * <p>To read the meters of servers takes one round trip to each server that is reachable, at most
 * once a second, in the thread that reads them, which waits for it up to the setting {@code
 * timeout}.
 */
public final class MemcachedMetrics implements MeterBinder {

  /** The name of the gauge that brings all other meters up to date. */
  static final String CACHES = "memcached.caches";

  private final MemcachedCacheManager manager;
  private final Tags tags;

  /** What the timers of calls compute in this JVM; null if there are no such timers. */
  private final double @Nullable [] percentiles;

  /**
   * Meters without further tags, for an application that binds one manager.
   *
   * @param manager a manager of this provider
   * @throws IllegalArgumentException if the manager is of another provider
   */
  public MemcachedMetrics(CacheManager manager) {
    this(manager, Tags.empty());
  }

  /**
   * Meters with further tags. Where several managers are bound to one registry, each needs a tag
   * with a value of its own; Prometheus requires the same keys for all of them.
   *
   * @param manager a manager of this provider
   * @param tags of every meter, for example {@code Tags.of("cache.manager", "orders")}
   * @throws IllegalArgumentException if the manager is of another provider
   */
  public MemcachedMetrics(CacheManager manager, Iterable<Tag> tags) {
    this(OurManager.of(manager), Tags.of(tags), null);
  }

  private MemcachedMetrics(
      MemcachedCacheManager manager, Tags tags, double @Nullable [] percentiles) {
    this.manager = manager;
    this.tags = tags;
    this.percentiles = percentiles;
  }

  /**
   * The same meters, and {@code memcached.cache.calls}: a timer for each operation of each cache,
   * with buckets from 100 microseconds to 2.5 seconds, from which Prometheus computes quantiles. A
   * {@code MeterFilter} of the registry can change them. It adds some hundred nanoseconds to each
   * call.
   *
   * @param percentiles what this JVM computes itself, for a registry that cannot, for example 0.5
   *     and 0.99; none if empty
   */
  public MemcachedMetrics withCallTimers(double... percentiles) {
    return new MemcachedMetrics(manager, tags, percentiles.clone());
  }

  /**
   * Registers the meters of all caches and servers that the manager has now, and lets those of
   * later ones follow. Has no effect if the manager is closed.
   *
   * @throws IllegalStateException if this, or another manager with the same tags, is bound to the
   *     registry already
   * @throws IllegalArgumentException if the registry has a meter of the same name and tags, and of
   *     another type
   */
  @Override
  public void bindTo(MeterRegistry registry) {
    CallTimers timers = percentiles == null ? null : new CallTimers(registry, tags, percentiles);
    new Binding(manager, registry, tags, timers).start();
  }
}
