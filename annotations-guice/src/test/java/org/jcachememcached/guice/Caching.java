package org.jcachememcached.guice;

import com.google.inject.Guice;
import java.net.URI;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;
import org.jcachememcached.MemcachedCachingProvider;
import org.jspecify.annotations.Nullable;

/** A cache manager for one test and the services that use it. For one thread. */
final class Caching implements AutoCloseable {

  private final CachingProvider provider = new MemcachedCachingProvider();
  private final CacheManager manager;

  private Caching(URI uri) {
    manager = provider.getCacheManager(uri, null);
  }

  /** Caches in this JVM, which are not shared. */
  static Caching inMemory() {
    return at(URI.create("memory:" + UUID.randomUUID()));
  }

  static Caching at(URI uri) {
    return new Caching(uri);
  }

  /** A module that uses the manager, to be configured further. */
  CacheAnnotationsModule.Builder module() {
    return CacheAnnotationsModule.builder().cacheManager(manager);
  }

  /** A service in an injector of its own. */
  <T> T instance(Class<T> service) {
    return instance(service, module());
  }

  <T> T instance(Class<T> service, CacheAnnotationsModule.Builder module) {
    return Guice.createInjector(module.build()).getInstance(service);
  }

  CacheManager manager() {
    return manager;
  }

  CachingProvider provider() {
    return provider;
  }

  /** The cache of this name, if there is one. */
  @Nullable Cache<Object, Object> cache(String name) {
    return manager.getCache(name);
  }

  @Override
  public void close() {
    provider.close();
  }
}
