package org.jcachememcached;

import java.lang.ref.Reference;
import java.net.URI;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.api.CallObserver;
import org.jcachememcached.api.NodeMXBean;
import org.jcachememcached.internal.cache.BackgroundThreads;
import org.jcachememcached.internal.cache.CacheCore;
import org.jcachememcached.internal.cache.CallObservers;
import org.jcachememcached.internal.cache.EffectiveConfiguration;
import org.jcachememcached.internal.cache.Guard;
import org.jcachememcached.internal.cache.ManagerContext;
import org.jcachememcached.internal.cache.StoreLeases;
import org.jcachememcached.internal.config.SettingCatalog;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.engine.LeaseRules;
import org.jcachememcached.internal.jcache.Unwrap;
import org.jcachememcached.internal.near.NearRegistry;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.SharedStores;
import org.jcachememcached.internal.store.StoreNodes;
import org.jcachememcached.internal.tag.TagItems;
import org.jspecify.annotations.Nullable;

/**
 * The caches of one URI and one class loader (JSR-107 section 4.4). Created by {@link
 * MemcachedCachingProvider#getCacheManager}. Thread-safe; holds no lock while factories, listeners
 * or loaders of the application run.
 *
 * <p>A manager has the caches that were created by it and those that its config file declares,
 * which are created on first use. Caches of the same name in other JVMs share their entries. {@link
 * #destroyCache} removes the entries, {@link #close} keeps them.
 *
 * <p>Methods throw {@link IllegalStateException} if the manager is closed, and {@link
 * NullPointerException} for arguments that are null.
 */
public final class MemcachedCacheManager implements CacheManager {

  private final MemcachedCachingProvider provider;
  private final URI uri;
  private final Reference<ClassLoader> classLoader;
  private final Properties properties;
  private final Settings settings;
  private final ItemStore store;
  private final BackgroundThreads threads;
  private final TagItems tags;
  private final CallObservers observers = new CallObservers(InstantSource.system());
  private final ManagerContext context;
  private final CacheRegistry caches;
  private final Guard guard;

  MemcachedCacheManager(
      MemcachedCachingProvider provider,
      URI uri,
      Reference<ClassLoader> classLoader,
      Properties properties,
      Settings settings,
      SharedStores<Settings.Connection> stores) {
    this.provider = provider;
    this.uri = uri;
    this.guard = new Guard("The cache manager " + uri);
    this.classLoader = classLoader;
    this.properties = properties;
    this.settings = settings;
    this.caches = new CacheRegistry(settings.declaredCaches());
    this.threads = new BackgroundThreads(uri);
    this.tags = StoreLeases.tags(settings, stores::lease, InstantSource.system());
    this.context =
        new ManagerContext(
            uri,
            stores::lease,
            tags,
            NearRegistry.ofJvm(),
            this::getClassLoader,
            threads.loads(),
            threads.asynchronousCalls(),
            LeaseRules.GROWING_POLLS,
            observers,
            InstantSource.system());
    // Last, so that no lease remains open if anything else fails.
    this.store = stores.lease(settings.connection().withoutFallback());
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
   * The class loader of keys, values and configured classes; the default class loader of the
   * provider if the original one was garbage collected. Does not throw if the manager is closed.
   */
  @Override
  public ClassLoader getClassLoader() {
    return Objects.requireNonNullElseGet(classLoader.get(), provider::getDefaultClassLoader);
  }

  /**
   * A copy of the properties this manager was created with, without secrets. Does not throw if the
   * manager is closed.
   */
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
   * @param cacheName any text; together with the application's name it must be short enough for a
   *     key of memcached
   * @param configuration a {@link MemcachedConfiguration} to set more than JCache defines
   * @throws CacheException if the manager has a cache of that name, a setting or a class that a
   *     setting names is invalid, the keys begin like those of another cache, or entries that a
   *     failed {@link #destroyCache} has left still cannot be removed
   * @throws UnsupportedOperationException if the configuration is to store by reference
   */
  @Override
  public <K, V, C extends Configuration<K, V>> Cache<K, V> createCache(
      String cacheName, C configuration) {
    requireOpen();
    Objects.requireNonNull(cacheName, "cacheName");
    Objects.requireNonNull(configuration, "configuration");
    if (!configuration.isStoreByValue()) {
      throw new UnsupportedOperationException(
          "Cache '%s' cannot store by reference: its entries live in another process"
              .formatted(cacheName));
    }
    if (caches.get(cacheName) != null || caches.isDeclared(cacheName)) {
      throw alreadyExists(cacheName);
    }
    caches.finishDestruction(cacheName);
    ManagedCache<K, V> cache = open(cacheName, configuration);
    if (!add(cache)) {
      throw alreadyExists(cacheName);
    }
    return cache;
  }

  private <K, V> ManagedCache<K, V> open(String cacheName, Configuration<K, V> configuration) {
    EffectiveConfiguration<K, V> effective =
        MemcachedConfiguration.complete(
            configuration, cacheName, settings.forCache(cacheName), this::getClassLoader);
    return new ManagedCache<>(cacheName, this, CacheCore.open(cacheName, effective, context));
  }

  /** Adds an open cache to this manager; if its name is taken, closes it and returns false. */
  private boolean add(ManagedCache<?, ?> cache) {
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
   * @return null if neither this manager nor its config file has a cache of that name
   * @throws ClassCastException if the cache was created with other types
   * @throws CacheException if a declared cache cannot be created
   */
  @Override
  public <K, V> @Nullable Cache<K, V> getCache(
      String cacheName, Class<K> keyType, Class<V> valueType) {
    requireOpen();
    Objects.requireNonNull(cacheName, "cacheName");
    Objects.requireNonNull(keyType, "keyType");
    Objects.requireNonNull(valueType, "valueType");
    ManagedCache<?, ?> cache = find(cacheName);
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
          "The %s of cache '%s' are of type %s, not %s"
              .formatted(what, cacheName, configured.getName(), asked.getName()));
    }
  }

  /**
   * {@inheritDoc}
   *
   * @return null if neither this manager nor its config file has a cache of that name
   * @throws CacheException if a declared cache cannot be created
   */
  @Override
  public <K, V> @Nullable Cache<K, V> getCache(String cacheName) {
    requireOpen();
    return cast(find(Objects.requireNonNull(cacheName, "cacheName")));
  }

  /** The cache of that name, created now if it is declared only; null if there is none. */
  private @Nullable ManagedCache<?, ?> find(String cacheName) {
    ManagedCache<?, ?> cache = caches.get(cacheName);
    if (cache == null && caches.isDeclared(cacheName)) {
      add(open(cacheName, new MutableConfiguration<>()));
      cache = caches.get(cacheName);
    }
    return cache;
  }

  @SuppressWarnings("unchecked") // JSR-107 leaves the types of an untyped lookup to the caller.
  private static <K, V> @Nullable Cache<K, V> cast(@Nullable ManagedCache<?, ?> cache) {
    return (Cache<K, V>) cache;
  }

  /** The names of all caches, declared ones included, in alphabetical order; an immutable copy. */
  @Override
  public Iterable<String> getCacheNames() {
    requireOpen();
    return Collections.unmodifiableSet(caches.names());
  }

  /** The caches that are open, without declared ones that were not used yet; an immutable copy. */
  public List<MemcachedCache<?, ?>> openCaches() {
    requireOpen();
    return caches.open();
  }

  /**
   * {@inheritDoc} Other JVMs that use the same name lose their entries as well.
   *
   * @throws CacheException if the entries cannot be removed. The cache is closed nevertheless;
   *     another call of this method, or {@link #createCache} with this name, removes them
   */
  @Override
  public void destroyCache(String cacheName) {
    requireOpen();
    ManagedCache<?, ?> cache = find(Objects.requireNonNull(cacheName, "cacheName"));
    caches.beginDestruction(cacheName, cache);
    caches.finishDestruction(cacheName);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the manager has no cache of that name
   */
  @Override
  public void enableManagement(String cacheName, boolean enabled) {
    known(cacheName).core().enableManagement(enabled);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the manager has no cache of that name
   */
  @Override
  public void enableStatistics(String cacheName, boolean enabled) {
    known(cacheName).core().enableStatistics(enabled);
  }

  private ManagedCache<?, ?> known(String cacheName) {
    requireOpen();
    ManagedCache<?, ?> cache = find(Objects.requireNonNull(cacheName, "cacheName"));
    if (cache == null) {
      throw new IllegalArgumentException("This cache manager has no cache '" + cacheName + "'");
    }
    return cache;
  }

  /**
   * Makes every entry with a tag absent: in all caches of this manager's application, on whatever
   * servers they are, for all JVMs. See {@link org.jcachememcached.api.EntryOptions#tagged}. When
   * this returns, no read that begins finds such an entry; a value whose computation has begun
   * before does not become one. It takes one round trip, however many entries there are.
   *
   * @param tag any text
   * @throws CacheException whatever the failure policy is, if the server of the tag does not
   *     confirm it; the message names both. The entries may then still be read until this client
   *     has made good for it, as soon as it reaches the server
   */
  public void invalidateTag(String tag) {
    invalidateTags(Set.of(tag));
  }

  /** Makes every entry with one of the tags absent, all in one round trip. */
  public void invalidateTags(Collection<String> tags) {
    requireOpen();
    guard.run(() -> this.tags.invalidate(tags));
  }

  /**
   * The servers of this manager, in the order of the setting {@code servers}, without those that
   * only single caches have ({@link MemcachedCache#nodes}).
   *
   * @return an immutable list of objects that are up to date at any time; empty for an engine
   *     without servers
   */
  public List<NodeMXBean> nodes() {
    requireOpen();
    return StoreNodes.of(store);
  }

  /**
   * Observes the calls of all caches of this manager that begin from now on, also those of caches
   * that are created later. Without an observer, this costs nothing. Has no effect if the observer
   * was added before.
   */
  public void addCallObserver(CallObserver observer) {
    observers.add(Objects.requireNonNull(observer, "observer"));
  }

  /** Ends what {@link #addCallObserver} has begun, for calls that begin from now on. */
  public void removeCallObserver(CallObserver observer) {
    observers.remove(Objects.requireNonNull(observer, "observer"));
  }

  /** {@inheritDoc} The entries stay in memcached. Does nothing the second time. */
  @Override
  public void close() {
    if (!guard.close()) {
      return;
    }
    provider.forget(this);
    caches.closeAll();
    store.close();
    tags.close();
    threads.close();
    RecordLinkage.forget();
  }

  @Override
  public boolean isClosed() {
    return guard.isClosed();
  }

  /**
   * {@inheritDoc}
   *
   * @param type {@link MemcachedCacheManager}; {@code net.spy.memcached.MemcachedClient}, the
   *     client of caches in memcached; or {@link org.jcachememcached.api.ServersMXBean}, their
   *     servers
   * @throws IllegalArgumentException if the manager cannot be unwrapped to that type
   */
  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrap.to(type, this, () -> store.unwrap(type));
  }

  @Override
  public String toString() {
    return "MemcachedCacheManager of " + uri;
  }

  /** Removes a closed cache. */
  void forget(ManagedCache<?, ?> cache) {
    caches.remove(cache);
  }

  private void requireOpen() {
    guard.requireOpen();
  }
}
