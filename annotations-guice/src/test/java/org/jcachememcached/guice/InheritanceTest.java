package org.jcachememcached.guice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InheritanceTest {

  private final Caching caching = Caching.inMemory();

  @AfterEach
  void close() {
    caching.close();
  }

  @Test
  void inheritsMethodsWithTheirAnnotationsAndTheDefaultsOfTheSuperclass() {
    assertCached(caching.instance(Inheriting.class), "of-base");
  }

  @Test
  void looksForDefaultsInTheSubclassFirst() {
    assertCached(caching.instance(WithDefaults.class), "of-subclass");
  }

  @Test
  void doesNotCacheAMethodThatOverridesWithoutAnnotation() {
    assertNotCached(caching.instance(Overriding.class));
  }

  @Test
  void cachesAMethodThatOverridesWithAnnotation() {
    assertCached(caching.instance(OverridingWithAnnotation.class), "of-method");
  }

  @Test
  void doesNotLookAtTheMethodsOfInterfaces() {
    assertNotCached(caching.instance(Implementing.class));
  }

  @Test
  void cachesAGenericMethodOnce() {
    assertCached(caching.instance(OfStrings.class), "generic");
  }

  private void assertCached(Source<String> source, String cache) {
    source.get("a");
    source.get("a");

    assertThat(source.calls()).isEqualTo(1);
    assertThat(caching.manager().getCacheNames()).containsExactly(cache);
  }

  private void assertNotCached(Source<String> source) {
    source.get("a");
    source.get("a");

    assertThat(source.calls()).isEqualTo(2);
    assertThat(caching.manager().getCacheNames()).isEmpty();
  }

  interface Source<T> {
    @CacheResult(cacheName = "of-interface")
    T get(T key);

    int calls();
  }

  @CacheDefaults(cacheName = "of-base")
  static class Base implements Source<String> {

    final AtomicInteger calls = new AtomicInteger();

    @Override
    @CacheResult
    public String get(String key) {
      calls.incrementAndGet();
      return key;
    }

    @Override
    public int calls() {
      return calls.get();
    }
  }

  static class Inheriting extends Base {}

  @CacheDefaults(cacheName = "of-subclass")
  static class WithDefaults extends Base {}

  static class Overriding extends Base {
    @Override
    public String get(String key) {
      calls.incrementAndGet();
      return key;
    }
  }

  static class OverridingWithAnnotation extends Base {
    @Override
    @CacheResult(cacheName = "of-method")
    public String get(String key) {
      calls.incrementAndGet();
      return key;
    }
  }

  static class Implementing implements Source<String> {

    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public String get(String key) {
      calls.incrementAndGet();
      return key;
    }

    @Override
    public int calls() {
      return calls.get();
    }
  }

  static class OfStrings extends Base {
    @Override
    @CacheResult(cacheName = "generic")
    public String get(String key) {
      return super.get(key);
    }
  }
}
