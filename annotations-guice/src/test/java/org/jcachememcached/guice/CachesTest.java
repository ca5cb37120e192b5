package org.jcachememcached.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Singleton;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CachesTest {

  private final Caching caching = Caching.inMemory();

  @AfterEach
  void close() {
    caching.close();
  }

  @Test
  void createsWhatIsMissingAsConfigured() {
    MissingCaches created = MissingCaches.create(Statistics.configuration());
    caching.instance(Service.class, caching.module().missingCaches(created)).get("a");

    assertThat(Statistics.misses(caching.manager(), "cache")).isEqualTo(1);
  }

  @Test
  void usesWhatIsThere() {
    caching.manager().createCache("cache", Statistics.configuration());
    caching
        .instance(Service.class, caching.module().missingCaches(MissingCaches.refuse()))
        .get("a");

    assertThat(Statistics.misses(caching.manager(), "cache")).isEqualTo(1);
  }

  @Test
  void refusesWhatIsMissingIfSoConfigured() {
    Service service =
        caching.instance(Service.class, caching.module().missingCaches(MissingCaches.refuse()));

    assertThatThrownBy(() -> service.get("a"))
        .isInstanceOf(MissingCacheException.class)
        .hasMessageContaining("There is no cache 'cache'");
    assertThat(service.calls).hasValue(0);
  }

  @Test
  void bearsThatManyCreateACacheAtOnce() throws Exception {
    try (Crowd crowd = new Crowd()) {
      for (int round = 0; round < 50; round++) {
        Caches one = caches(caching.manager());
        Caches another = caches(caching.manager());
        String name = "cache " + round;
        List<Future<Object>> opened = crowd.start(4, () -> one.open(name));
        List<Future<Object>> alsoOpened = crowd.start(4, () -> another.open(name));
        for (int i = 0; i < 4; i++) {
          assertThat(Crowd.get(opened.get(i))).isSameAs(caching.cache(name));
          assertThat(Crowd.get(alsoOpened.get(i))).isSameAs(caching.cache(name));
        }
      }
    }
  }

  private static Caches caches(CacheManager manager) {
    return new Caches(() -> manager, MissingCaches.create());
  }

  @Test
  void opensACacheAgainThatWasClosed() {
    Service service = caching.instance(Service.class);
    service.get("a");
    caching.manager().destroyCache("cache");
    service.get("a");
    service.get("a");

    assertThat(service.calls).hasValue(2);
  }

  @Test
  void asksTheProviderAgainWhenTheManagerWasClosed() {
    Service service =
        caching.instance(
            Service.class,
            CacheAnnotationsModule.builder()
                .cachingProvider(caching.provider())
                .uri(caching.manager().getURI()));
    service.get("a");
    caching.manager().close();
    service.get("b");
    service.get("b");

    assertThat(service.calls).hasValue(2);
  }

  @Test
  void runsTheMethodWhenTheManagerIsGone() {
    Service service = caching.instance(Service.class);
    caching.manager().close();

    assertThat(service.get("a")).isEqualTo("value of a");
    assertThat(service.get("a")).isEqualTo("value of a");
    assertThat(service.calls).hasValue(2);
  }

  @Singleton
  static class Service {

    final AtomicInteger calls = new AtomicInteger();

    @CacheResult(cacheName = "cache")
    String get(String key) {
      calls.incrementAndGet();
      return "value of " + key;
    }
  }
}
