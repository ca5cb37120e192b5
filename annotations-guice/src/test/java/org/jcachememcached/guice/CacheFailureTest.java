package org.jcachememcached.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Singleton;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CacheFailureTest {

  private final Injector bearing = injector(OnCacheFailure.RUN_METHOD);
  private final Service service = bearing.getInstance(Service.class);
  private final Service strict = injector(OnCacheFailure.THROW).getInstance(Service.class);

  private static Injector injector(OnCacheFailure policy) {
    return Guice.createInjector(
        CacheAnnotationsModule.builder()
            .cacheResolverFactory(BrokenCaches.class)
            .onCacheFailure(policy)
            .build());
  }

  @Test
  void runsTheMethodAndCountsWhatFailed() {
    assertThat(service.get("a")).isEqualTo("value of a");

    CacheFailures failures = bearing.getInstance(CacheFailures.class);
    assertThat(failures.of("broken")).as("the lookup and the store").isEqualTo(2);
    assertThat(failures.of("sound")).isZero();
    assertThat(failures.total()).isEqualTo(2);
  }

  @Test
  void runsMethodsThatChangeTheCache() {
    service.put("a", "b");
    service.remove("a");
    service.removeAll();

    assertThat(service.calls).hasValue(3);
  }

  @Test
  void throwsWhatTheMethodThrows() {
    assertThatThrownBy(() -> service.failing("a")).isInstanceOf(IOException.class);
  }

  @Test
  void protectsFromStampedesAllTheSame() throws Exception {
    try (Crowd crowd = new Crowd()) {
      List<Future<String>> callers = crowd.start(8, () -> service.slow("a"));
      crowd.awaitWaiting(7, Computations.class);
      service.goOn.countDown();
      for (Future<String> caller : callers) {
        assertThat(Crowd.get(caller)).isEqualTo("slow");
      }
    }
    assertThat(service.calls).hasValue(1);
  }

  @Test
  void throwsIfSoConfigured() {
    assertThatThrownBy(() -> strict.get("a")).isInstanceOf(CacheException.class);
    assertThat(strict.calls).as("the lookup comes first").hasValue(0);

    assertThatThrownBy(() -> strict.put("a", "b")).isInstanceOf(CacheException.class);
    assertThat(strict.calls).as("the put comes after the method").hasValue(1);
  }

  @Test
  void throwsTheMethodsExceptionAsItIs() {
    assertThatThrownBy(() -> strict.failing("a"))
        .isInstanceOf(IOException.class)
        .hasNoSuppressedExceptions();
  }

  @Test
  void alwaysThrowsWhatTheWriterOfTheCacheThrows() {
    assertThatThrownBy(() -> service.write("a", "b")).isInstanceOf(CacheWriterException.class);
  }

  @Test
  void runsTheMethodWhenThereIsNoCache() {
    assertThat(service.getNowhere("a")).isEqualTo("value of a");
  }

  @Singleton
  @CacheDefaults(cacheName = "broken")
  static class Service {

    final AtomicInteger calls = new AtomicInteger();
    final CountDownLatch goOn = new CountDownLatch(1);

    @CacheResult
    String get(String key) {
      calls.incrementAndGet();
      return "value of " + key;
    }

    @CacheResult(cacheName = "nowhere")
    String getNowhere(String key) {
      return get(key);
    }

    @CacheResult
    String slow(String key) throws InterruptedException {
      calls.incrementAndGet();
      goOn.await();
      return "slow";
    }

    @CacheResult(skipGet = true, exceptionCacheName = "broken")
    String failing(String key) throws IOException {
      throw new IOException(key);
    }

    @CachePut
    void put(String key, @CacheValue String value) {
      calls.incrementAndGet();
    }

    @CachePut(cacheName = "writing")
    void write(String key, @CacheValue String value) {}

    @CacheRemove
    void remove(String key) {
      calls.incrementAndGet();
    }

    @CacheRemoveAll
    void removeAll() {
      calls.incrementAndGet();
    }
  }

  /** Caches that fail in every call, each in its way; one cannot be had at all. */
  static class BrokenCaches implements CacheResolverFactory {

    @Override
    public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> method) {
      return resolver(method.getCacheName());
    }

    @Override
    public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> method) {
      return resolver(method.getCacheAnnotation().exceptionCacheName());
    }

    private static CacheResolver resolver(String name) {
      RuntimeException failure =
          name.equals("writing")
              ? new CacheWriterException("the writer's")
              : new CacheException("the cache's");
      Cache<?, ?> cache = broken(failure);
      return new CacheResolver() {
        @Override
        @SuppressWarnings("unchecked")
        public <K, V> Cache<K, V> resolveCache(
            javax.cache.annotation.CacheInvocationContext<? extends Annotation> context) {
          if (name.equals("nowhere")) {
            throw new IllegalStateException("the manager is closed");
          }
          return (Cache<K, V>) cache;
        }
      };
    }

    private static Cache<?, ?> broken(RuntimeException failure) {
      return (Cache<?, ?>)
          Proxy.newProxyInstance(
              Cache.class.getClassLoader(),
              new Class<?>[] {Cache.class},
              (proxy, method, arguments) -> {
                throw failure;
              });
    }
  }
}
