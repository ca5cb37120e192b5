package org.jcachememcached.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.awaitility.Awaitility;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.MemcachedCachingProvider;
import org.junit.jupiter.api.Test;

/** A registry that is never read again keeps neither a closed manager nor its caches. */
class UnreachableManagerTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void isGarbage() {
    List<WeakReference<?>> closed = openAndClose();

    Awaitility.await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(closed).allMatch(reference -> reference.get() == null);
            });
    registry.getMeters().forEach(meter -> meter.measure().forEach(each -> each.getValue()));
    assertThat(registry.getMeters()).isEmpty();
  }

  private List<WeakReference<?>> openAndClose() {
    try (MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      CacheManager manager = provider.getCacheManager(URI.create("memory:/shop"), null);
      Cache<?, ?> users =
          manager.createCache("users", new MutableConfiguration<>().setStatisticsEnabled(true));
      new MemcachedMetrics(manager).bindTo(registry);
      assertThat(registry.find("cache.gets").meters()).hasSize(2);
      return List.of(
          new WeakReference<>(manager),
          new WeakReference<>(users),
          new WeakReference<>(MemcachedCache.of(users).statistics()));
    }
  }
}
