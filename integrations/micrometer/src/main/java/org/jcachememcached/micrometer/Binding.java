package org.jcachememcached.micrometer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jcachememcached.MemcachedCacheManager;
import org.jcachememcached.api.MemcachedStatisticsMXBean;
import org.jcachememcached.api.NodeMXBean;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one manager in one registry, brought up to date whenever the registry reads the
 * gauge of open caches. The registry holds the binding, and the binding holds nothing of the
 * manager. Thread-safe.
 */
final class Binding {

  private final Reference<MemcachedCacheManager> manager;
  private final MeterRegistry registry;
  private final Tags tags;
  private final @Nullable CallTimers timers;

  /** Set while a thread updates the meters, which others do not wait for; at first by the start. */
  private final AtomicBoolean updating = new AtomicBoolean(true);

  // Used by the thread that has set the flag.
  private final LiveMeters<MemcachedStatisticsMXBean> caches;
  private final LiveMeters<MemcachedStatisticsMXBean> countingCaches;
  private final LiveMeters<NodeMXBean> nodes;
  private @Nullable Meter gauge;

  private volatile int openCaches;

  /**
   * @param timers of the calls; null if they are not timed
   */
  Binding(
      MemcachedCacheManager manager,
      MeterRegistry registry,
      Tags tags,
      @Nullable CallTimers timers) {
    this.manager = new WeakReference<>(manager);
    this.registry = registry;
    this.tags = tags;
    this.timers = timers;
    this.caches = live("cache", CacheMeters::ofAny);
    this.countingCaches = live("cache", CacheMeters::ofCounting);
    this.nodes = live("node", NodeMeters::of);
  }

  private <T> LiveMeters<T> live(String tag, LiveMeters.Registration<T> registration) {
    return new LiveMeters<>(name -> new MeterGroup(registry, tags.and(tag, name)), registration);
  }

  /** Registers all meters. */
  void start() {
    forgetClosedManagers();
    List<Meter> others = registry.getMeters();
    Gauge own =
        Gauge.builder(MemcachedMetrics.CACHES, this::updated)
            .tags(tags)
            .description("Open caches; brings the meters of all caches and servers up to date")
            .register(registry);
    if (others.contains(own)) {
      throw new IllegalStateException(
          "The registry has the meters of a cache manager with the tags %s already; a manager is bound once, and each of several needs a tag with a value of its own"
              .formatted(tags));
    }
    gauge = own;
    try {
      update();
    } catch (RuntimeException e) {
      removeAll();
      throw e;
    }
    timeCalls();
    updating.set(false);
  }

  private void timeCalls() {
    MemcachedCacheManager open = manager.get();
    if (timers != null && open != null) {
      open.addCallObserver(timers);
    }
  }

  /** A manager that was closed since the last scrape has meters still, until its gauge is read. */
  private void forgetClosedManagers() {
    registry.find(MemcachedMetrics.CACHES).gauges().forEach(Gauge::value);
  }

  private int updated() {
    if (updating.compareAndSet(false, true)) {
      try {
        update();
      } finally {
        updating.set(false);
      }
    }
    return openCaches;
  }

  private void update() {
    MemcachedCacheManager open = manager.get();
    if (open == null || open.isClosed()) {
      removeAll();
    } else {
      show(Snapshot.of(open));
    }
  }

  private void show(Snapshot now) {
    openCaches = now.caches().size();
    caches.show(now.caches());
    countingCaches.show(now.countingCaches());
    nodes.show(now.nodes());
    if (timers != null) {
      timers.retain(now.caches().keySet());
    }
  }

  private void removeAll() {
    show(Snapshot.EMPTY);
    if (gauge != null) {
      registry.remove(gauge);
      gauge = null;
    }
  }
}
