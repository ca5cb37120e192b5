package org.jcachememcached.internal.cache;

import javax.cache.event.EventType;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.engine.Backoff;
import org.jcachememcached.internal.engine.DegradationLog;
import org.jcachememcached.internal.engine.Engine;
import org.jcachememcached.internal.engine.EngineParts;
import org.jcachememcached.internal.engine.EntryFormat;
import org.jcachememcached.internal.engine.Limits;
import org.jcachememcached.internal.event.EventDispatcher;
import org.jcachememcached.internal.integration.CacheWriterAdapter;
import org.jcachememcached.internal.management.Statistics;
import org.jcachememcached.internal.near.NearMember;
import org.jcachememcached.internal.operation.RefreshRules;
import org.jcachememcached.internal.store.PageSize;
import org.jspecify.annotations.Nullable;

/** Assembles the engine of a cache from its configuration. Stateless. */
final class EngineOpener {

  private EngineOpener() {}

  /**
   * Assembles an engine.
   *
   * @param writer the writer, if the cache writes through; otherwise null
   */
  static <K, V> Engine<K, V> open(
      String cacheName,
      EffectiveConfiguration<K, V> configuration,
      ManagerContext context,
      Placement placement,
      NearMember<V> near,
      @Nullable CacheWriterAdapter<K, V> writer,
      EventDispatcher<K, V> listeners,
      Statistics statistics,
      RefreshRules refreshes) {
    Settings settings = configuration.settings();
    EntryFormat<K, V> format =
        new EntryFormatFactory<>(configuration, context.classLoader())
            .of(cacheName, placement.namespace(), () -> keepsExpired(listeners, refreshes));
    return new Engine<>(
        new EngineParts<>(
            placement.store(),
            context.tags(),
            format,
            near,
            writer,
            listeners,
            context.clock(),
            Backoff.JITTER,
            limits(settings),
            settings.get(CacheSettings.ON_FAILURE),
            context.leaseRules(settings),
            new DegradationLog(cacheName, context.clock(), statistics.failures())),
        statistics);
  }

  private static long keepsExpired(EventDispatcher<?, ?> listeners, RefreshRules refreshes) {
    long forEvents = listeners.hasListenersFor(EventType.EXPIRED) ? Envelope.GRACE_MILLIS : 0;
    return Math.max(forEvents, refreshes.staleForMillis());
  }

  private static Limits limits(Settings settings) {
    return new Limits(
        settings.get(CacheSettings.CAS_ATTEMPTS),
        settings.get(CacheSettings.QUEUE_WAIT),
        new PageSize(settings.get(CacheSettings.PAGE_SIZE)),
        settings.get(ConnectionSettings.TIMEOUT));
  }
}
