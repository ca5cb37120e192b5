package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jcachememcached.testing.Patience.await;

import java.io.Closeable;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Iterator;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.management.ObjectName;
import org.jcachememcached.testing.RecordingListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The life of providers, managers and caches, and who is who. */
class MemcachedCacheManagerTest {

  private static final URI STORE = URI.create("memory:lifecycle");

  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  private CacheManager manager() {
    return provider.getCacheManager(STORE, null);
  }

  private static MutableConfiguration<String, String> strings() {
    return new MutableConfiguration<String, String>().setTypes(String.class, String.class);
  }

  @Test
  void managersAreKnownByUriAndClassLoader() throws Exception {
    try (URLClassLoader other = new URLClassLoader(new URL[0])) {
      assertThat(manager()).isSameAs(provider.getCacheManager(STORE, null, new Properties()));
      assertThat(manager()).isNotSameAs(provider.getCacheManager(STORE, other));
      assertThat(manager())
          .isNotSameAs(provider.getCacheManager(URI.create("memory:another"), null))
          .isNotSameAs(new MemcachedCachingProvider().getCacheManager(STORE, null));
    }
  }

  @Test
  void propertiesMayHaveValuesThatAreNoStrings() {
    Properties properties = new Properties();
    properties.put("memcached.page.size", 0);

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> provider.getCacheManager(STORE, null, properties))
        .withMessageContaining("page.size in the property memcached.page.size is \"0\"");
  }

  @Test
  void closedManagerIsForgotten() {
    CacheManager first = manager();
    first.close();

    assertThat(manager()).isNotSameAs(first);
  }

  @Test
  void providerClosesWhatItIsAskedToClose() throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
      CacheManager ofLoader = provider.getCacheManager(STORE, loader);
      CacheManager other = provider.getCacheManager(URI.create("memory:another"), loader);
      CacheManager ofDefault = manager();

      provider.close(STORE, loader);
      assertThat(ofLoader.isClosed()).isTrue();
      assertThat(other.isClosed()).isFalse();

      provider.close(loader);
      assertThat(other.isClosed()).isTrue();
      assertThat(ofDefault.isClosed()).isFalse();

      provider.close();
      assertThat(ofDefault.isClosed()).isTrue();
    }
  }

  @Test
  void classLoaderIsHeldWeakly() {
    WeakReference<ClassLoader> loader = new WeakReference<>(new URLClassLoader(new URL[0]));
    CacheManager manager = provider.getCacheManager(STORE, loader.get());

    await()
        .until(
            () -> {
              System.gc();
              return loader.get() == null;
            });

    assertThat(manager.getClassLoader()).isSameAs(provider.getDefaultClassLoader());
  }

  @Test
  void wrongSettingIsRefused() {
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> provider.getCacheManager(URI.create("memory:x?timeuot=1s"), null))
        .withMessageContaining("timeuot")
        .withMessageContaining("timeout");
  }

  @Test
  void closeLeavesTheEntriesAndDestroyRemovesThem() {
    CacheManager manager = manager();
    CacheManager keepsTheStoreOpen = new MemcachedCachingProvider().getCacheManager(STORE, null);
    Cache<String, String> cache = manager.createCache("c", strings());
    cache.put("k", "v");
    cache.close();
    assertThat(manager.getCache("c", String.class, String.class)).isNull();

    Cache<String, String> again = manager.createCache("c", strings());
    assertThat(again.get("k")).isEqualTo("v");
    manager.destroyCache("c");
    assertThat(again.isClosed()).isTrue();

    assertThat(manager.createCache("c", strings()).get("k")).isNull();
    keepsTheStoreOpen.close();
  }

  @Test
  void cacheNamesAreASnapshot() {
    CacheManager manager = manager();
    manager.createCache("a", strings());
    Iterable<String> names = manager.getCacheNames();
    manager.createCache("b", strings());

    assertThat(names).containsExactly("a");
    Iterator<String> iterator = names.iterator();
    iterator.next();
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(iterator::remove);
  }

  @Test
  void typesAreChecked() {
    CacheManager manager = manager();
    manager.createCache("c", strings());
    Cache<Object, Object> untyped = Objects.requireNonNull(manager.getCache("c"));

    assertThatExceptionOfType(ClassCastException.class)
        .isThrownBy(() -> manager.getCache("c", String.class, Long.class))
        .withMessage("The values of cache 'c' are of type java.lang.String, not java.lang.Long");
    assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> untyped.put(1, "v"));
    assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> untyped.put("k", 1));
  }

  @Test
  void aNameIsTakenOnce() {
    CacheManager manager = manager();
    manager.createCache("c", strings());

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> manager.createCache("c", strings()))
        .withMessage("This cache manager already has a cache 'c'");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> manager.createCache("d", strings().setStoreByValue(false)));
  }

  @Test
  void configurationIsACopy() {
    MutableConfiguration<String, String> original = strings();
    Cache<String, String> cache = manager().createCache("c", original);
    original.setReadThrough(true);
    CompleteConfiguration<String, String> effective = effective(cache);

    assertThat(effective.isReadThrough()).isFalse();
    mutable(cache).setStatisticsEnabled(true);
    assertThat(effective(cache).isStatisticsEnabled()).isFalse();
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> cache.getConfiguration(OtherConfiguration.class));

    cache.registerCacheEntryListener(new RecordingListener().synchronous());
    Iterator<CacheEntryListenerConfiguration<String, String>> listeners =
        effective(cache).getCacheEntryListenerConfigurations().iterator();
    listeners.next();
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(listeners::remove);
  }

  @SuppressWarnings("unchecked")
  private static CompleteConfiguration<String, String> effective(Cache<String, String> cache) {
    return cache.getConfiguration(CompleteConfiguration.class);
  }

  @SuppressWarnings("unchecked")
  private static MutableConfiguration<String, String> mutable(Cache<String, String> cache) {
    return cache.getConfiguration(MutableConfiguration.class);
  }

  /** A configuration that no cache has. */
  private interface OtherConfiguration extends Configuration<String, String> {}

  @Test
  void closeableIsClosedOnce() {
    AtomicInteger closed = new AtomicInteger();
    manager()
        .createCache("c", strings().setExpiryPolicyFactory(() -> new CloseablePolicy(closed)))
        .close();

    provider.close();

    assertThat(closed).hasValue(1);
  }

  /** An eternal policy that counts how often it is closed. */
  private static final class CloseablePolicy implements ExpiryPolicy, Closeable {

    private final EternalExpiryPolicy eternal = new EternalExpiryPolicy();
    private final AtomicInteger closed;

    CloseablePolicy(AtomicInteger closed) {
      this.closed = closed;
    }

    @Override
    public Duration getExpiryForCreation() {
      return eternal.getExpiryForCreation();
    }

    @Override
    public @Nullable Duration getExpiryForAccess() {
      return eternal.getExpiryForAccess();
    }

    @Override
    public @Nullable Duration getExpiryForUpdate() {
      return eternal.getExpiryForUpdate();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  @Test
  void unwrapsToItselfAndNothingElse() {
    CacheManager manager = manager();
    Cache<String, String> cache = manager.createCache("c", strings());

    assertThat(manager.unwrap(MemcachedCacheManager.class)).isSameAs(manager);
    assertThat((Object) cache.unwrap(MemcachedCache.class)).isSameAs(cache);
    manager.close();
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> manager.unwrap(String.class));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> cache.unwrap(String.class));
  }

  @Test
  void mBeansHavePrescribedNamesAsLongAsTheCacheLives() throws Exception {
    CacheManager manager = manager();
    manager.createCache("a:b=c,d\ne*f", strings().setManagementEnabled(true));
    manager.enableStatistics("a:b=c,d\ne*f", true);
    manager.enableStatistics("a:b=c,d\ne*f", true);

    assertThat(beans())
        .extracting(ObjectName::getCanonicalName)
        .containsExactlyInAnyOrder(
            "javax.cache:Cache=a.b.c.d.e.f,CacheManager=memory.lifecycle,type=CacheConfiguration",
            "javax.cache:Cache=a.b.c.d.e.f,CacheManager=memory.lifecycle,type=CacheStatistics");

    manager.enableManagement("a:b=c,d\ne*f", false);
    assertThat(beans()).hasSize(1);
    manager.destroyCache("a:b=c,d\ne*f");
    assertThat(beans()).isEmpty();
  }

  @Test
  void managersWithOneUriShareTheirMBeans() throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
      CacheManager first = manager();
      CacheManager second = provider.getCacheManager(STORE, loader);
      first.createCache("c", strings().setStatisticsEnabled(true));
      second.createCache("c", strings().setStatisticsEnabled(true));
      assertThat(beans()).hasSize(1);

      second.close();
      assertThat(beans()).hasSize(1);
      first.close();
      assertThat(beans()).isEmpty();
    }
  }

  @Test
  void theNextManagerShowsItsMBeansWhenTheFirstHidesThem() throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
      CacheManager first = manager();
      CacheManager second = new MemcachedCachingProvider().getCacheManager(STORE, loader);
      first.createCache("c", strings().setStatisticsEnabled(true).setManagementEnabled(true));
      second
          .createCache("c", strings().setStatisticsEnabled(true).setManagementEnabled(true))
          .get("missing");

      first.enableStatistics("c", false);
      assertThat(misses()).isEqualTo(1L);
      first.enableStatistics("c", true);
      first.close();
      assertThat(beans()).hasSize(2);

      second.enableStatistics("c", false);
      assertThat(beans()).hasSize(1);
      second.close();
      assertThat(beans()).isEmpty();
    }
  }

  private static Object misses() throws Exception {
    return ManagementFactory.getPlatformMBeanServer()
        .getAttribute(
            new ObjectName(
                "javax.cache:type=CacheStatistics,CacheManager=memory.lifecycle,Cache=c"),
            "CacheMisses");
  }

  private static Set<ObjectName> beans() throws Exception {
    return ManagementFactory.getPlatformMBeanServer()
        .queryNames(new ObjectName("javax.cache:CacheManager=memory.lifecycle,*"), null);
  }
}
