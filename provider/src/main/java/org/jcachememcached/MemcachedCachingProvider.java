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
 * The JCache provider for memcached (JSR-107 section 4.6), found by {@code
 * Caching.getCachingProvider()} as soon as it is on the class path. Thread-safe.
 *
 * <p>A manager is known by its URI and its class loader. It lives until it is closed, or until
 * nobody uses its class loader any more, which it does not keep alive. Managers with the same
 * servers and connection settings share their connections. URIs:
 *
 * <ul>
 *   <li>{@code memcached://host1:11211+host2:11212:2/orders;timeout:500ms}: servers with optional
 *       weights, the prefix of the application's keys, settings; the same with commas and {@code
 *       ?timeout=500ms}, of which no MBean can be named
 *   <li>{@code memory:orders}: in this JVM
 *   <li>{@code none:/}: nothing is remembered, caching is switched off
 *   <li>{@code file:/etc/caches.conf}, {@code classpath:caches.conf}, {@code jar:...}: what the
 *       config file says
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
   * @param properties settings below the prefix {@code memcached.}; null for none. They count for
   *     the first caller, for they are no part of the manager's identity
   * @throws CacheException if a setting is wrong; the message names it, what was found and what is
   *     allowed
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
      // Neither call sees what the other does: defaults, and values that are no strings.
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

  @Override
  public CacheManager getCacheManager(@Nullable URI uri, @Nullable ClassLoader classLoader) {
    return getCacheManager(uri, classLoader, null);
  }

  @Override
  public CacheManager getCacheManager() {
    return getCacheManager(null, null, null);
  }

  @Override
  public ClassLoader getDefaultClassLoader() {
    return getClass().getClassLoader();
  }

  /**
   * The environment's {@code JCACHE_MEMCACHED_URI}, else {@code memcached:///}, which leaves the
   * servers to the other sources: {@code MEMCACHED_SERVERS}, a config file, or 127.0.0.1:11211.
   */
  @Override
  public URI getDefaultURI() {
    return SettingsReader.defaultUri(System.getenv());
  }

  @Override
  public Properties getDefaultProperties() {
    return new Properties();
  }

  @Override
  public boolean isSupported(OptionalFeature feature) {
    // STORE_BY_REFERENCE is the only one there is, and no reference leads into another process.
    return false;
  }

  @Override
  public void close() {
    managers.all().forEach(MemcachedCacheManager::close);
  }

  @Override
  public void close(ClassLoader classLoader) {
    managers.all(classLoader).forEach(MemcachedCacheManager::close);
  }

  @Override
  public void close(URI uri, ClassLoader classLoader) {
    managers.all(classLoader).stream()
        .filter(manager -> manager.getURI().equals(uri))
        .forEach(MemcachedCacheManager::close);
  }

  /** A closed manager is forgotten; the next call for its URI makes a new one. */
  void forget(MemcachedCacheManager manager) {
    managers.remove(manager);
  }
}
