package org.jcachememcached.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnnotationCheckTest {

  private final Caching caching = Caching.inMemory();

  @AfterEach
  void close() {
    caching.close();
  }

  @Test
  void refusesMethodsThatGuiceCannotIntercept() {
    assertRefused(OfPrivateMethod.class, "get", "private, static or final");
    assertRefused(OfStaticMethod.class, "get", "private, static or final");
    assertRefused(OfFinalMethod.class, "get", "private, static or final");
    assertRefused(FinalClass.class, "get", "which is final");
  }

  @Test
  void refusesThemInSuperclassesToo() {
    assertRefused(Inheriting.class, "get", "private, static or final");
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertRefused(Twice.class, "get", "only one of the annotations [CacheResult, CacheRemove]");
    assertRefused(WithoutValue.class, "put", "0 parameters have @CacheValue; 1 must have it");
    assertRefused(WithTwoValues.class, "put", "2 parameters have @CacheValue; 1 must have it");
    assertRefused(ValueOfResult.class, "get", "1 parameters have @CacheValue; 0 must have it");
    assertRefused(OfFuture.class, "get", "Future will hold cannot be cached");
    assertRefused(OnClass.class, "OnClass", "@CacheResult belongs on methods");
  }

  @Test
  void refusesBoundClassesWhenTheInjectorIsCreated() {
    assertThatThrownBy(
            () ->
                Guice.createInjector(
                    caching.module().build(), binder -> binder.bind(OfFinalMethod.class)))
        .isInstanceOf(CreationException.class)
        .hasMessageContaining("private, static or final");
  }

  @Test
  void acceptsAllElse() {
    assertThat(caching.instance(Sound.class).get("a")).isEqualTo("a");
  }

  private void assertRefused(Class<?> type, String where, String why) {
    assertThatThrownBy(() -> caching.instance(type))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(where)
        .hasMessageContaining(why);
  }

  static class Sound {
    @CacheResult
    protected String get(String key) {
      return key;
    }

    @CacheRemove
    void remove(String key) {}
  }

  static class OfPrivateMethod {
    @CacheResult
    @SuppressWarnings("unused")
    private String get(String key) {
      return key;
    }
  }

  static class OfStaticMethod {
    @CacheResult
    static String get(String key) {
      return key;
    }
  }

  static class OfFinalMethod {
    @CacheResult
    final String get(String key) {
      return key;
    }
  }

  static class Inheriting extends OfFinalMethod {}

  static final class FinalClass {
    @CacheResult
    String get(String key) {
      return key;
    }
  }

  static class Twice {
    @CacheResult
    @CacheRemove
    String get(String key) {
      return key;
    }
  }

  static class WithoutValue {
    @CachePut
    void put(String key, String value) {}
  }

  static class WithTwoValues {
    @CachePut
    void put(@CacheValue String key, @CacheValue String value) {}
  }

  static class ValueOfResult {
    @CacheResult
    String get(@CacheValue String key) {
      return key;
    }
  }

  static class OfFuture {
    @CacheResult
    Future<String> get(ExecutorService executor) {
      return executor.submit(() -> "value");
    }
  }

  @CacheResult
  static class OnClass {
    String get(String key) {
      return key;
    }
  }
}
