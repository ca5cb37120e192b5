package org.jcachememcached;

import java.lang.ref.Reference;
import java.net.URI;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.internal.cache.CacheCore;
import org.jcachememcached.internal.cache.EffectiveConfiguration;
import org.jcachememcached.internal.cache.ManagerContext;
import org.jcachememcached.internal.config.SettingCatalog;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.jcache.Unwrap;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.SharedStores;
import org.jcachememcached.internal.thread.DaemonThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caches of one URI and one class loader (JSR-107 section 4.4). Thread-safe; no lock is held
 * while an application's factories, listeners or loaders run.
 *
 * <p>A cache is known here once it was created here, or if the config file declares it: that one is
 * created when it is first asked for. That another JVM uses the same name is no obstacle, they then
 * share its entries. {@link #destroyCache} removes the entries, {@link #close} leaves them.
 */
public final class MemcachedCacheManager implements CacheManager {

  private static final Logger LOG = LoggerFactory.getLogger(MemcachedCacheManager.class);

  private static final int LOADING_THREADS = 8;
  private static final long IDLE_SECONDS = 10;

  private final MemcachedCachingProvider provider;
  private final URI uri;
  private final Reference<ClassLoader> classLoader;
  private final Properties properties;
  private final Settings settings;
  private final ItemStore store;
  private final ExecutorService background;
  private final ManagerContext context;
  private final CacheRegistry caches;
  private final AtomicBoolean closed = new AtomicBoolean();

  MemcachedCacheManager(
      MemcachedCachingProvider provider,
      URI uri,
      Reference<ClassLoader> classLoader,
      Properties properties,
      Settings settings,
      SharedStores<Settings.Connection> stores) {
    this.provider = provider;
    this.uri = uri;
    this.classLoader = classLoader;
    this.properties = properties;
    this.settings = settings;
    this.caches = new CacheRegistry(settings.declaredCaches());
    this.background = background(uri);
    this.context =
        new ManagerContext(
            uri, stores::lease, this::getClassLoader, background, InstantSource.system());
    // Last, so that no lease is left behind when something else fails.
    this.store = stores.lease(settings.connection().withoutFallback());
  }

  private static ExecutorService background(URI uri) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            LOADING_THREADS,
            LOADING_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> DaemonThreads.create("jcache-memcached loads of " + uri, work));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  @Override
  public MemcachedCachingProvider getCachingProvider() {
    return provider;
  }

  @Override
  public URI getURI() {
    return uri;
  }

  /**
   * The class loader of keys, values and whatever else is named; the provider's once it is gone.
   */
  @Override
  public ClassLoader getClassLoader() {
    return Objects.requireNonNullElseGet(classLoader.get(), provider::getDefaultClassLoader);
  }

  /** A copy of what this manager was created with, without secrets. */
  @Override
  public Properties getProperties() {
    Properties copy = new Properties();
    copy.putAll(properties);
    copy.keySet().removeIf(name -> SettingCatalog.isSecretProperty(name.toString()));
    return copy;
  }

  /**
   * {@inheritDoc}
   *
   * @param configuration a {@link MemcachedConfiguration} for what JCache does not know
   * @throws CacheException if the cache exists, a setting or a class that a setting names is wrong,
   *     its keys begin like those of another cache, or entries that a failed {@link #destroyCache}
   *     has left still cannot be removed
   * @throws UnsupportedOperationException if the cache is to store by reference
   */
  @Override
  public <K, V, C extends Configuration<K, V>> Cache<K, V> createCache(
      String cacheName, C configuration) {
    requireOpen();
    Objects.requireNonNull(cacheName, "cacheName");
    Objects.requireNonNull(configuration, "configuration");
    if (!configuration.isStoreByValue()) {
      throw new UnsupportedOperationException(
          "Cache '"
              + cacheName
              + "' cannot store by reference: its entries live in another process");
    }
    if (caches.get(cacheName) != null || caches.isDeclared(cacheName)) {
      throw alreadyExists(cacheName);
    }
    caches.finishDestruction(cacheName);
    MemcachedCache<K, V> cache = open(cacheName, configuration);
    if (!add(cache)) {
      throw alreadyExists(cacheName);
    }
    return cache;
  }

  private <K, V> MemcachedCache<K, V> open(String cacheName, Configuration<K, V> configuration) {
    Settings ofCache = settings.forCache(cacheName);
    if (configuration instanceof MemcachedConfiguration<K, V> ours) {
      ofCache = withSettings(ofCache, cacheName, ours);
    }
    EffectiveConfiguration<K, V> effective =
        EffectiveConfiguration.of(configuration, ofCache, this::getClassLoader);
    return new MemcachedCache<>(cacheName, this, CacheCore.open(cacheName, effective, context));
  }

  private static Settings withSettings(
      Settings settings, String cacheName, MemcachedConfiguration<?, ?> configuration) {
    try {
      return settings.with(
          configuration.settings(), "the configuration of cache '" + cacheName + "'");
    } catch (IllegalArgumentException e) {
      throw new CacheException(e.getMessage(), e);
    }
  }

  /** Adds an open cache to this manager; if its name is taken, closes it and returns false. */
  private boolean add(MemcachedCache<?, ?> cache) {
    try {
      if (!caches.add(cache)) {
        cache.core().close();
        return false;
      }
      cache.core().showInJmx();
      requireOpen();
    } catch (Throwable e) {
      cache.close();
      throw e;
    }
    return true;
  }

  private static CacheException alreadyExists(String cacheName) {
    return new CacheException("This cache manager already has a cache '" + cacheName + "'");
  }

  /**
   * {@inheritDoc}
   *
   * @throws ClassCastException if the cache was created with other types
   */
  @Override
  public <K, V> @Nullable Cache<K, V> getCache(
      String cacheName, Class<K> keyType, Class<V> valueType) {
    requireOpen();
    Objects.requireNonNull(cacheName, "cacheName");
    Objects.requireNonNull(keyType, "keyType");
    Objects.requireNonNull(valueType, "valueType");
    MemcachedCache<?, ?> cache = find(cacheName);
    if (cache != null) {
      requireType(cacheName, "keys", keyType, cache.core().configuration().getKeyType());
      requireType(cacheName, "values", valueType, cache.core().configuration().getValueType());
    }
    return cast(cache);
  }

  private static void requireType(
      String cacheName, String what, Class<?> asked, Class<?> configured) {
    if (asked != configured) {
      throw new ClassCastException(
          "The "
              + what
              + " of cache '"
              + cacheName
              + "' are of type "
              + configured.getName()
              + ", not "
              + asked.getName());
    }
  }

  @Override
  public <K, V> @Nullable Cache<K, V> getCache(String cacheName) {
    requireOpen();
    return cast(find(Objects.requireNonNull(cacheName, "cacheName")));
  }

  /** The cache of that name, created now if it is only declared so far; null if it is neither. */
  private @Nullable MemcachedCache<?, ?> find(String cacheName) {
    MemcachedCache<?, ?> cache = caches.get(cacheName);
    if (cache == null && caches.isDeclared(cacheName)) {
      add(open(cacheName, new MutableConfiguration<>()));
      cache = caches.get(cacheName);
    }
    return cache;
  }

  @SuppressWarnings("unchecked") // JSR-107 leaves the types of an untyped look-up to the caller.
  private static <K, V> @Nullable Cache<K, V> cast(@Nullable MemcachedCache<?, ?> cache) {
    return (Cache<K, V>) cache;
  }

  @Override
  public Iterable<String> getCacheNames() {
    requireOpen();
    return Collections.unmodifiableSet(caches.names());
  }

  /**
   * {@inheritDoc} Other JVMs that use the same name lose their entries as well.
   *
   * @throws CacheException if the entries cannot be removed. The cache is closed then; the entries
   *     are removed by another call of this method, or by {@link #createCache} with this name
   *     before it creates the cache
   */
  @Override
  public void destroyCache(String cacheName) {
    requireOpen();
    MemcachedCache<?, ?> cache = find(Objects.requireNonNull(cacheName, "cacheName"));
    caches.beginDestruction(cacheName, cache);
    caches.finishDestruction(cacheName);
  }

  @Override
  public void enableManagement(String cacheName, boolean enabled) {
    known(cacheName).core().enableManagement(enabled);
  }

  @Override
  public void enableStatistics(String cacheName, boolean enabled) {
    known(cacheName).core().enableStatistics(enabled);
  }

  private MemcachedCache<?, ?> known(String cacheName) {
    requireOpen();
    MemcachedCache<?, ?> cache = find(Objects.requireNonNull(cacheName, "cacheName"));
    if (cache == null) {
      throw new IllegalArgumentException("This cache manager has no cache '" + cacheName + "'");
    }
    return cache;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    provider.forget(this);
    caches.removeAll().forEach(MemcachedCacheManager::close);
    caches.forEachHalfDestroyed(MemcachedCacheManager::abandonEntries);
    background.shutdown();
    store.close();
    RecordLinkage.forget();
  }

  /** JSR-107 wants whatever the closing of a cache throws to be ignored. */
  private static void close(MemcachedCache<?, ?> cache) {
    try {
      cache.core().close();
    } catch (RuntimeException e) {
      LOG.warn("{} could not be closed", cache, e);
    }
  }

  private static void abandonEntries(String cacheName, MemcachedCache<?, ?> cache) {
    LOG.warn("The entries of cache '{}' could not be removed and stay", cacheName);
    cache.core().abandonEntries();
  }

  @Override
  public boolean isClosed() {
    return closed.get();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Beside the manager itself, the {@code net.spy.memcached.MemcachedClient} that its caches
   * talk through can be had when they live in memcached.
   */
  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrap.to(type, this, () -> store.unwrap(type));
  }

  @Override
  public String toString() {
    return "MemcachedCacheManager of " + uri;
  }

  /** A closed cache is no longer one of this manager's. */
  void forget(MemcachedCache<?, ?> cache) {
    caches.remove(cache);
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("The cache manager " + uri + " is closed");
    }
  }
}
