package org.jcachememcached.internal.cache;

import java.io.Closeable;
import java.util.List;
import java.util.concurrent.Executor;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jcachememcached.api.AsyncCache;
import org.jcachememcached.api.NodeMXBean;
import org.jcachememcached.internal.codec.interop.FormatChoice;
import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.LoadSettings;
import org.jcachememcached.internal.engine.Engine;
import org.jcachememcached.internal.event.EventDispatcher;
import org.jcachememcached.internal.expiry.Expiry;
import org.jcachememcached.internal.integration.CacheLoaderAdapter;
import org.jcachememcached.internal.integration.CacheWriterAdapter;
import org.jcachememcached.internal.integration.TypeCheck;
import org.jcachememcached.internal.management.ConfigurationView;
import org.jcachememcached.internal.management.JmxRegistration;
import org.jcachememcached.internal.management.Statistics;
import org.jcachememcached.internal.near.NearMember;
import org.jcachememcached.internal.operation.OperationContext;
import org.jcachememcached.internal.operation.RefreshRules;
import org.jcachememcached.internal.operation.Refreshing;
import org.jcachememcached.internal.operation.Remove;
import org.jcachememcached.internal.refresh.BackgroundRefreshes;
import org.jcachememcached.internal.refresh.RefreshClaims;
import org.jcachememcached.internal.store.StoreNodes;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one cache, assembled from its configuration, and its life cycle: what can be changed
 * while it is open and what is released when it is closed. Thread-safe.
 */
public final class CacheCore<K, V> {

  private final ManagerContext context;
  private final Guard guard;
  private final Calls calls;
  private final CacheResources resources;
  private final CacheResources lease;
  private final Statistics statistics;
  private final EventDispatcher<K, V> listeners;
  private final OperationContext<K, V> operationContext;
  private final CacheOperations<K, V> operations;
  private final Placement placement;
  private final Engine<K, V> engine;
  private final CacheListing<K, V> listing;
  private final BulkLoader<K, V> bulkLoader;
  private final BackgroundLoads<K, V> loads;
  private final BackgroundTasks tasks;
  private final JmxRegistration configurationBean;
  private final JmxRegistration statisticsBean;
  private volatile EffectiveConfiguration<K, V> configuration;
  private volatile boolean entriesRemain;

  private CacheCore(
      String name,
      EffectiveConfiguration<K, V> configuration,
      ManagerContext context,
      CacheResources resources,
      CacheResources lease) {
    this.context = context;
    this.configuration = configuration;
    this.resources = resources;
    this.lease = lease;
    this.guard = Guard.ofCache(name);
    this.calls = new Calls(guard, context.observers());
    this.listeners =
        new EventDispatcher<>(
            name, configuration.settings().get(CacheSettings.QUEUE_WAIT), context.clock());
    CacheLoaderAdapter<K, V> loader = loader(configuration);
    CacheWriterAdapter<K, V> writer = writer(configuration);
    RefreshRules refreshes = RefreshOpener.rules(name, configuration.settings());
    Expiry expiry =
        new Expiry(
            resources.create(configuration.getExpiryPolicyFactory()),
            RefreshOpener.accessExpiry(refreshes, configuration.settings()));
    RefreshOpener.requireLongerLives(name, refreshes, expiry);
    this.placement = Placement.of(name, configuration.settings(), context);
    lease.own((Closeable) placement.store()::close);
    NearMember<V> near =
        NearOpener.open(name, configuration, placement.namespace().prefix(), expiry, context);
    lease.own(near);
    this.statistics = new Statistics(configuration.isStatisticsEnabled(), near::size);
    this.engine =
        EngineOpener.open(
            name,
            configuration,
            context,
            placement,
            near,
            writer,
            listeners,
            statistics,
            refreshes);
    this.tasks = new BackgroundTasks(context.background());
    this.operationContext =
        new OperationContext<>(
            expiry,
            listeners,
            configuration.isReadThrough() ? loader : null,
            writer != null,
            new TypeCheck<>(configuration.getValueType()),
            statistics,
            configuration.settings().get(LoadSettings.LEASE_INVOKE),
            refreshing(name, refreshes));
    this.listing = new CacheListing<>(guard, engine, operationContext);
    this.operations =
        new CacheOperations<>(
            guard,
            operationContext,
            configuration.getKeyType(),
            configuration.getValueType(),
            FormatChoice.of(configuration.settings()));
    this.bulkLoader = new BulkLoader<>(engine, operationContext, loader);
    this.loads = new BackgroundLoads<>(guard, calls, bulkLoader, tasks);
    this.configurationBean =
        JmxRegistration.ofConfiguration(
            new ConfigurationView<>(this, CacheCore::configuration), context.uri(), name);
    this.statisticsBean = JmxRegistration.ofStatistics(statistics, context.uri(), name);
  }

  /**
   * Assembles a cache.
   *
   * @throws CacheException if the configuration cannot be fulfilled
   */
  public static <K, V> CacheCore<K, V> open(
      String name, EffectiveConfiguration<K, V> configuration, ManagerContext context) {
    CacheResources resources = new CacheResources();
    CacheResources lease = new CacheResources();
    try {
      return new CacheCore<>(name, configuration, context, resources, lease);
    } catch (Throwable e) {
      lease.close();
      resources.close();
      throw e;
    }
  }

  /** Registers the configured listeners; if one of them cannot be created, closes everything. */
  public void belongTo(Cache<K, V> cache) {
    calls.setCache(cache);
    try {
      listeners.setSource(cache);
      configuration.getCacheEntryListenerConfigurations().forEach(listeners::register);
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  /** Registers the enabled MBeans, once the cache belongs to its manager. */
  public synchronized void showInJmx() {
    show(configurationBean, configuration.isManagementEnabled());
    show(statisticsBean, configuration.isStatisticsEnabled());
  }

  public Guard guard() {
    return guard;
  }

  public Calls calls() {
    return calls;
  }

  public Engine<K, V> engine() {
    return engine;
  }

  public CacheOperations<K, V> operations() {
    return operations;
  }

  /** The asynchronous view, on the executor of the manager. */
  public AsyncCache<K, V> async() {
    return async(context.asynchronous());
  }

  /**
   * The asynchronous view.
   *
   * @param executor runs everything but the first step of each call
   */
  public AsyncCache<K, V> async(Executor executor) {
    return new AsynchronousCache<>(this, executor);
  }

  /** Runs what lists all keys. */
  Executor background() {
    return context.background();
  }

  public BackgroundLoads<K, V> loads() {
    return loads;
  }

  /** The bulk reads that may load. */
  public BulkLoader<K, V> bulkLoader() {
    return bulkLoader;
  }

  /** {@code invokeAll}. */
  public BulkInvoker<K, V> bulkInvoker() {
    return new BulkInvoker<>(this);
  }

  public boolean writesThrough() {
    return configuration.isWriteThrough() && configuration.getCacheWriterFactory() != null;
  }

  public EffectiveConfiguration<K, V> configuration() {
    return configuration;
  }

  /**
   * Registers one more listener.
   *
   * @throws IllegalArgumentException if it is registered already
   */
  public synchronized void register(CacheEntryListenerConfiguration<K, V> listener) {
    listeners.register(listener);
    configuration = configuration.withListener(listener);
  }

  /** Removes a listener; does nothing if it is not registered. */
  public void deregister(CacheEntryListenerConfiguration<K, V> listener) {
    List<Object> released;
    synchronized (this) {
      released = listeners.deregister(listener);
      configuration = configuration.withoutListener(listener);
    }
    CacheResources.close(released);
  }

  public synchronized void enableStatistics(boolean enabled) {
    configuration = configuration.withStatistics(enabled);
    statistics.setEnabled(enabled);
    show(statisticsBean, enabled);
  }

  public synchronized void enableManagement(boolean enabled) {
    configuration = configuration.withManagement(enabled);
    show(configurationBean, enabled);
  }

  private void show(JmxRegistration bean, boolean wanted) {
    if (wanted) {
      bean.show();
    }
    // Checked afterwards, because the cache may be closed concurrently.
    if (!wanted || guard.isClosed()) {
      bean.hide();
    }
  }

  /** The part of the store that is of that type, or null. */
  public <T> @Nullable T unwrapStore(Class<T> type) {
    return placement.store().unwrap(type);
  }

  /** The common prefix of the keys of all entries. */
  public String keyPrefix() {
    return placement.namespace().prefix();
  }

  /** Whether a clear of one of the two caches would remove entries of the other. */
  public boolean overlaps(CacheCore<?, ?> other) {
    return placement.overlaps(other.placement);
  }

  /** Removes all entries, also for other JVMs; counts nothing and publishes no events. */
  public void clear() {
    guard.run(() -> placement.clear(engine));
  }

  /** Removes all entries, also for other JVMs, with events, statistics and calls of the writer. */
  public void removeAll() {
    guard.run(
        () -> {
          if (operationContext.removesBlindly()) {
            engine.clear();
          } else {
            engine.removeEach(key -> Remove.listed(operationContext, key));
          }
        });
  }

  /** What the listing of the keys shows: the iterators and the number of entries. */
  public CacheListing<K, V> listing() {
    return listing;
  }

  /** Whether enabled or not. */
  public Statistics statistics() {
    return statistics;
  }

  /** The servers of the entries; none for an engine without servers. */
  public List<NodeMXBean> nodes() {
    return StoreNodes.of(placement.store());
  }

  /** Releases everything but the entries; does nothing the second time. */
  public void close() {
    if (guard.close()) {
      try {
        release();
      } finally {
        lease.close();
      }
    }
  }

  /**
   * Releases everything and removes the entries; does nothing if the cache was closed before. If
   * the entries cannot be removed, the cache is closed nevertheless, and the next call tries again.
   *
   * @throws CacheException if the entries cannot be removed
   */
  public void destroy() {
    if (guard.close()) {
      entriesRemain = true;
      // Waits for running loads, which would leave entries behind.
      release();
    }
    synchronized (lease) {
      if (entriesRemain) {
        removeEntries();
        abandonEntries();
      }
    }
  }

  private void removeEntries() {
    try {
      clear();
    } catch (CacheException e) {
      throw new CacheException(
          e.getMessage()
              + "; the cache is closed, but its entries are not removed: destroyCache tries again",
          e.getCause());
    }
  }

  /** Keeps the entries that {@link #destroy} could not remove. */
  public void abandonEntries() {
    entriesRemain = false;
    lease.close();
  }

  private void release() {
    listeners.stopWaiting();
    tasks.awaitAll();
    listeners.close();
    resources.closeWith(listeners.resources());
    configurationBean.hide();
    statisticsBean.hide();
  }

  private Refreshing<K, V> refreshing(String name, RefreshRules rules) {
    if (rules.isNone()) {
      return Refreshing.none();
    }
    RefreshClaims claims = lease.own(RefreshOpener.claims(configuration.settings(), context));
    return new Refreshing<>(
        rules,
        new BackgroundRefreshes<>(
                name, engine, claims, tasks, statistics.failures(), context.clock())
            ::begin);
  }

  private @Nullable CacheLoaderAdapter<K, V> loader(CompleteConfiguration<K, V> configuration) {
    Factory<CacheLoader<K, V>> factory = configuration.getCacheLoaderFactory();
    return factory == null
        ? null
        : new CacheLoaderAdapter<>(
            resources.create(factory), new TypeCheck<>(configuration.getValueType()));
  }

  private @Nullable CacheWriterAdapter<K, V> writer(CompleteConfiguration<K, V> configuration) {
    Factory<CacheWriter<? super K, ? super V>> factory = configuration.getCacheWriterFactory();
    if (factory == null) {
      return null;
    }
    CacheWriter<? super K, ? super V> writer = resources.create(factory);
    return configuration.isWriteThrough() ? new CacheWriterAdapter<>(writer) : null;
  }
}
