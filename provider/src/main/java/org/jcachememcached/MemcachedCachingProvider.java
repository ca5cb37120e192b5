package org.jcachememcached;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.Objects;
import java.util.Properties;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.jcachememcached.internal.cache.StoreOpener;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.config.source.SettingsReader;
import org.jcachememcached.internal.store.SharedStores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JCache provider for memcached (JSR-107 section 4.6), which {@code
 * Caching.getCachingProvider()} finds on the class path or module path. Thread-safe.
 *
 * <p>A manager is identified by its URI and its class loader. It is open until it is closed or its
 * class loader becomes unreachable, to which the provider holds no strong reference. Managers with
 * the same servers and connection settings share their connections. URIs:
 *
 * <ul>
 *   <li>{@code memcached://host1:11211+host2:11212:2/orders;timeout:500ms}: servers with optional
 *       weights, the prefix of the application's keys, settings; the same with commas and {@code
 *       ?timeout=500ms}, which cannot be part of the name of an MBean
 *   <li>{@code memory:orders}: in the memory of this JVM
 *   <li>{@code none:/}: nothing is stored, caching is disabled
 *   <li>{@code file:/etc/caches.conf}, {@code classpath:caches.conf}, {@code jar:...}: a config
 *       file
 * </ul>
 */
public final class MemcachedCachingProvider implements CachingProvider {

  private static final Logger LOG = LoggerFactory.getLogger(MemcachedCachingProvider.class);

  private final OpenManagers managers = new OpenManagers();
  private final SharedStores<Settings.Connection> stores = new SharedStores<>(StoreOpener::open);

  /** Creates a provider without managers; {@code Caching.getCachingProvider()} does so. */
  public MemcachedCachingProvider() {}

  /**
   * {@inheritDoc}
   *
   * @param uri null for {@link #getDefaultURI}
   * @param classLoader null for {@link #getDefaultClassLoader}
   * @param properties settings with the prefix {@code memcached.}; null for none. Used when the
   *     manager is created only: they are not part of its identity
   * @throws CacheException if a setting is invalid; the message names it, what was found and what
   *     is allowed
   */
  @Override
  public CacheManager getCacheManager(
      @Nullable URI uri, @Nullable ClassLoader classLoader, @Nullable Properties properties) {
    URI known = Objects.requireNonNullElseGet(uri, this::getDefaultURI);
    ClassLoader loader = Objects.requireNonNullElseGet(classLoader, this::getDefaultClassLoader);
    return managers.get(loader, known, () -> create(known, loader, properties));
  }

  private MemcachedCacheManager create(
      URI uri, ClassLoader classLoader, @Nullable Properties properties) {
    Properties copy = new Properties();
    if (properties != null) {
      // The first call includes the defaults, the second one values that are no strings.
      properties
          .stringPropertyNames()
          .forEach(name -> copy.setProperty(name, properties.getProperty(name)));
      copy.putAll(properties);
    }
    Settings settings;
    try {
      settings = SettingsReader.read(uri, copy, System.getenv(), classLoader);
    } catch (IllegalArgumentException e) {
      throw new CacheException(e.getMessage(), e);
    }
    settings.remarks().forEach(LOG::warn);
    return new MemcachedCacheManager(
        this, uri, new WeakReference<>(classLoader), copy, settings, stores);
  }

  /**
   * {@inheritDoc}
   *
   * @param uri null for {@link #getDefaultURI}
   * @param classLoader null for {@link #getDefaultClassLoader}
   * @throws CacheException if a setting is invalid
   */
  @Override
  public CacheManager getCacheManager(@Nullable URI uri, @Nullable ClassLoader classLoader) {
    return getCacheManager(uri, classLoader, null);
  }

  /**
   * {@inheritDoc}
   *
   * @throws CacheException if a setting is invalid
   */
  @Override
  public CacheManager getCacheManager() {
    return getCacheManager(null, null, null);
  }

  /** The class loader of this provider. */
  @Override
  public ClassLoader getDefaultClassLoader() {
    return getClass().getClassLoader();
  }

  /**
   * The value of the environment variable {@code JCACHE_MEMCACHED_URI}, or else {@code
   * memcached:///}, for which the servers come from {@code MEMCACHED_SERVERS}, a config file, or
   * the default 127.0.0.1:11211.
   */
  @Override
  public URI getDefaultURI() {
    return SettingsReader.defaultUri(System.getenv());
  }

  /** No properties; a new object. */
  @Override
  public Properties getDefaultProperties() {
    return new Properties();
  }

  /** {@inheritDoc} False for the only optional feature, store by reference. */
  @Override
  public boolean isSupported(OptionalFeature feature) {
    return false;
  }

  /** {@inheritDoc} Entries stay in memcached. */
  @Override
  public void close() {
    managers.all().forEach(MemcachedCacheManager::close);
  }

  /** {@inheritDoc} Entries stay in memcached. */
  @Override
  public void close(ClassLoader classLoader) {
    managers.all(classLoader).forEach(MemcachedCacheManager::close);
  }

  /** {@inheritDoc} Entries stay in memcached. */
  @Override
  public void close(URI uri, ClassLoader classLoader) {
    managers.all(classLoader).stream()
        .filter(manager -> manager.getURI().equals(uri))
        .forEach(MemcachedCacheManager::close);
  }

  /** Removes a closed manager; the next call for its URI creates a new one. */
  void forget(MemcachedCacheManager manager) {
    managers.remove(manager);
  }
}
