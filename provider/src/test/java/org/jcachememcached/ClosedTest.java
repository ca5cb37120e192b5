package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is closed says so, before it looks at any argument, whichever method is called. */
class ClosedTest {

  private static final Set<String> ALLOWED_ON_CACHE =
      Set.of("getName", "getCacheManager", "getConfiguration", "unwrap", "close", "isClosed");

  private static final Set<String> ALLOWED_ON_MANAGER =
      Set.of(
          "getCachingProvider",
          "getURI",
          "getClassLoader",
          "getProperties",
          "unwrap",
          "close",
          "isClosed");

  static Stream<Method> methodsOfCache() {
    return Arrays.stream(Cache.class.getDeclaredMethods())
        .filter(method -> !ALLOWED_ON_CACHE.contains(method.getName()));
  }

  static Stream<Method> methodsOfManager() {
    return Arrays.stream(CacheManager.class.getDeclaredMethods())
        .filter(method -> !ALLOWED_ON_MANAGER.contains(method.getName()));
  }

  @ParameterizedTest
  @MethodSource("methodsOfCache")
  void closedCacheRefusesEveryMethod(Method method) {
    try (TestCaches caches = new TestCaches()) {
      Cache<String, String> cache = caches.open();
      cache.close();

      assertRefused(cache, method, "Cache 'test' is closed");
    }
  }

  @ParameterizedTest
  @MethodSource("methodsOfManager")
  void closedManagerRefusesEveryMethod(Method method) {
    CacheManager manager =
        new MemcachedCachingProvider().getCacheManager(URI.create("memory:closed"), null);
    manager.close();

    assertRefused(manager, method, "The cache manager memory:closed is closed");
  }

  private static void assertRefused(Object closed, Method method, String message) {
    Object[] nothing =
        Arrays.stream(method.getParameterTypes())
            .map(type -> type == boolean.class ? Boolean.TRUE : null)
            .toArray();

    assertThatExceptionOfType(InvocationTargetException.class)
        .isThrownBy(() -> method.invoke(closed, nothing))
        .havingCause()
        .isInstanceOf(IllegalStateException.class)
        .withMessage(message);
  }

  @Test
  void iteratorOfAClosedCacheRefuses() {
    try (TestCaches caches = new TestCaches()) {
      Cache<String, String> cache = caches.open();
      cache.put("k", "v");
      Iterator<Cache.Entry<String, String>> entries = cache.iterator();
      cache.close();

      assertThatExceptionOfType(IllegalStateException.class).isThrownBy(entries::hasNext);
      assertThatExceptionOfType(IllegalStateException.class).isThrownBy(entries::next);
      assertThatExceptionOfType(IllegalStateException.class).isThrownBy(entries::remove);
    }
  }

  @Test
  void closedCacheStillSaysWhatItWas() {
    try (TestCaches caches = new TestCaches()) {
      Cache<String, String> cache = caches.open();
      cache.close();

      assertThatCode(cache::close).doesNotThrowAnyException();
      assertThat(cache.isClosed()).isTrue();
      assertThat(cache.getName()).isEqualTo("test");
    }
  }

  @Test
  void closedCacheHasNoManager() {
    try (TestCaches caches = new TestCaches()) {
      Cache<String, String> cache = caches.open();
      assertThat(cache.getCacheManager()).isNotNull();
      cache.close();

      assertThat(cache.getCacheManager()).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource("methodsOfCache")
  void openCacheRefusesNull(Method method) {
    try (TestCaches caches = new TestCaches()) {
      if (method.getParameterCount() > 0) {
        Object[] nothing =
            Arrays.stream(method.getParameterTypes())
                .map(type -> type == boolean.class ? Boolean.TRUE : null)
                .toArray();

        assertThatExceptionOfType(InvocationTargetException.class)
            .isThrownBy(() -> method.invoke(caches.open(), nothing))
            .withCauseInstanceOf(NullPointerException.class);
      }
    }
  }

  @Test
  void openCacheRefusesANullProcessorEvenWithoutKeys() {
    try (TestCaches caches = new TestCaches()) {
      Cache<String, String> cache = caches.open();

      assertThatExceptionOfType(NullPointerException.class)
          .isThrownBy(() -> cache.invokeAll(Set.of(), null));
    }
  }
}
