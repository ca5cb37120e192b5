package org.jcachememcached.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import com.google.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import javax.cache.spi.CachingProvider;
import org.jsr107.ri.spi.RICachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The annotations work with providers other than ours, here with the reference implementation. */
class OtherProviderTest {

  private final CachingProvider provider = new RICachingProvider();
  private final Service service =
      Guice.createInjector(CacheAnnotationsModule.builder().cachingProvider(provider).build())
          .getInstance(Service.class);

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void caches() {
    assertThat(service.get("a")).isEqualTo("call 1");
    assertThat(service.get("a")).isEqualTo("call 1");
    assertThat(service.stage("a")).isCompletedWithValue("call 1");
  }

  @Test
  void changes() {
    service.put("a", "put");
    assertThat(service.get("a")).isEqualTo("put");

    service.remove("a");
    assertThat(service.get("a")).isEqualTo("call 1");

    service.removeAll();
    assertThat(service.get("a")).isEqualTo("call 2");
  }

  @Test
  void cachesExceptions() {
    for (int call = 1; call <= 2; call++) {
      assertThatThrownBy(() -> service.failing("a")).isInstanceOf(IOException.class);
    }
    assertThat(service.calls).hasValue(1);
  }

  @Test
  void goesOnWhenTheProviderIsClosed() {
    service.get("a");
    provider.close();

    assertThat(service.get("a")).isEqualTo("call 2");
    assertThat(service.get("a")).isEqualTo("call 2");
  }

  @Singleton
  @CacheDefaults(cacheName = "cache")
  static class Service {

    final AtomicInteger calls = new AtomicInteger();

    @CacheResult
    String get(String key) {
      return "call " + calls.incrementAndGet();
    }

    @CacheResult
    CompletableFuture<String> stage(String key) {
      return CompletableFuture.completedFuture(get(key));
    }

    @CacheResult(exceptionCacheName = "failures")
    String failing(String key) throws IOException {
      calls.incrementAndGet();
      throw new IOException(key);
    }

    @CachePut
    void put(String key, @CacheValue String value) {}

    @CacheRemove
    void remove(String key) {}

    @CacheRemoveAll
    void removeAll() {}
  }
}
