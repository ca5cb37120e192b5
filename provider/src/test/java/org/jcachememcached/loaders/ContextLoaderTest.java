package org.jcachememcached.loaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import org.jcachememcached.MemcachedCachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A provider in a parent class loader, which does not know the classes of the application. */
class ContextLoaderTest {

  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();
  private final ClassLoader tenant = new TenantLoader(getClass().getClassLoader());

  @AfterEach
  void close() {
    Thread.currentThread().setContextClassLoader(before);
    provider.close();
  }

  @Test
  void theThreadsLoaderKnowsWhatTheManagersDoesNot() throws Exception {
    use(managerOf("memory:known"));
  }

  /** Loads and listeners run in other threads, for those who asked. */
  private void use(CacheManager manager) throws Exception {
    Thread.currentThread().setContextClassLoader(tenant);
    tenant
        .loadClass(Tenant.class.getName())
        .getMethod("use", CacheManager.class)
        .invoke(null, manager);
  }

  @Test
  void whatNeitherKnowsIsAbsent() throws Exception {
    CacheManager manager = managerOf("memory:absent");
    use(manager);

    Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());

    Cache<Object, Object> cache = manager.getCache("accounts");
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void whatNeitherKnowsIsNamedWithBothLoaders() throws Exception {
    CacheManager manager = managerOf("memory:named?on.failure=throw");
    use(manager);
    ClassLoader platform = ClassLoader.getPlatformClassLoader();

    Thread.currentThread().setContextClassLoader(platform);

    Cache<Object, Object> cache = manager.getCache("accounts");
    assertThatThrownBy(() -> cache.get("k"))
        .isInstanceOf(CacheException.class)
        .hasMessageContainingAll(
            Tenant.class.getName() + "$Account",
            "the cache manager's class loader, " + platform,
            "that of the thread, " + platform);
  }

  private CacheManager managerOf(String uri) {
    return provider.getCacheManager(URI.create(uri), ClassLoader.getPlatformClassLoader());
  }
}
