package org.jcachememcached.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code @CachePut}, {@code @CacheRemove} and {@code @CacheRemoveAll}. */
class ChangeTest {

  private final Caching caching = Caching.inMemory();
  private final Service service = caching.instance(Service.class);

  @BeforeEach
  void fill() {
    service.put("a", "old");
    service.put("b", "old");
  }

  @AfterEach
  void close() {
    caching.close();
  }

  @Test
  void puts() {
    assertThat(service.get("a")).isEqualTo("old");
    assertThat(service.get("c")).isEqualTo("computed");
  }

  @Test
  void makesTheKeyWhenTheMethodHasRun() {
    service.putUnderItsNewName(new StringBuilder("unnamed"), "value");

    assertThat(service.get("named")).isEqualTo("value");
  }

  @Test
  void putsUnlessTheMethodFails() {
    assertThatThrownBy(() -> service.putAndFail("a", "new", new IllegalStateException()))
        .isInstanceOf(IllegalStateException.class);

    assertThat(service.get("a")).isEqualTo("old");
  }

  @Test
  void putsAfterFailuresThatAreNamed() {
    assertThatThrownBy(
            () -> service.putAndFail("a", "new", new UncheckedIOException(new IOException())))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(service.get("a")).isEqualTo("new");
  }

  @Test
  void putsBeforeTheMethodHoweverThatEnds() {
    assertThatThrownBy(() -> service.putBefore("a", "new"))
        .isInstanceOf(IllegalStateException.class);

    assertThat(service.get("a")).isEqualTo("new");
  }

  @Test
  void removes() {
    service.remove("a");

    assertThat(service.get("a")).isEqualTo("computed");
    assertThat(service.get("b")).isEqualTo("old");
  }

  @Test
  void removesAll() {
    service.removeAll();

    assertThat(service.get("a")).isEqualTo("computed");
    assertThat(service.get("b")).isEqualTo("computed");
  }

  @Test
  void removesAllBeforeTheMethodHoweverThatEnds() {
    assertThatThrownBy(service::removeAllBefore).isInstanceOf(IllegalStateException.class);

    assertThat(service.get("a")).isEqualTo("computed");
  }

  @Test
  void removesAfterAllFailuresButThoseThatAreNamed() {
    assertThatThrownBy(() -> service.removeAndFail("a", new IllegalStateException()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(service.get("a")).isEqualTo("old");

    assertThatThrownBy(() -> service.removeAndFail("a", new IllegalArgumentException()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(service.get("a")).isEqualTo("computed");
  }

  @Test
  void returnsWhatTheMethodReturns() {
    assertThat(service.remove("a")).isEqualTo("removed a");
  }

  @CacheDefaults(cacheName = "changed")
  static class Service {

    @CacheResult
    String get(String key) {
      return "computed";
    }

    @CachePut
    void put(String key, @CacheValue String value) {}

    @CachePut(cacheKeyGenerator = TextKey.class)
    void putUnderItsNewName(@CacheKey StringBuilder key, @CacheValue String value) {
      key.setLength(0);
      key.append("named");
    }

    @CachePut(cacheFor = UncheckedIOException.class)
    void putAndFail(@CacheKey String key, @CacheValue String value, RuntimeException failure) {
      throw failure;
    }

    @CachePut(afterInvocation = false)
    void putBefore(String key, @CacheValue String value) {
      throw new IllegalStateException();
    }

    @CacheRemove
    String remove(String key) {
      return "removed " + key;
    }

    @CacheRemove(noEvictFor = IllegalStateException.class)
    void removeAndFail(@CacheKey String key, RuntimeException failure) {
      throw failure;
    }

    @CacheRemoveAll
    void removeAll() {}

    @CacheRemoveAll(afterInvocation = false)
    void removeAllBefore() {
      throw new IllegalStateException();
    }
  }
}
