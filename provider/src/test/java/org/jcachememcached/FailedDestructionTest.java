package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.internal.config.source.SettingsReader;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.SharedStores;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.memory.MemoryStore;
import org.jcachememcached.testing.FailingStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code destroyCache} whose store fails says so, and can be finished later. */
class FailedDestructionTest {

  private final MemoryStore memory = new MemoryStore(InstantSource.system());
  private final FailingStore failing = new FailingStore(memory);

  @AfterEach
  void close() {
    memory.close();
  }

  private MemcachedCacheManager manager(String uri) {
    ClassLoader loader = getClass().getClassLoader();
    return new MemcachedCacheManager(
        new MemcachedCachingProvider(),
        URI.create(uri),
        new WeakReference<>(loader),
        new Properties(),
        SettingsReader.read(URI.create(uri), new Properties(), Map.of(), loader),
        new SharedStores<>(connection -> failing));
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory:c", "memory:c?on.failure=throw"})
  void isTriedAgainByTheNextCall(String uri) {
    try (MemcachedCacheManager manager = manager(uri)) {
      Cache<String, String> cache = createWithEntry(manager);

      assertDestroyFails(manager);

      assertThat(cache.isClosed()).isTrue();
      assertThat((Object) manager.getCache("c")).isNull();
      assertThat(memory.scan("").nextPage(10)).isNotEmpty();
      assertDestroyFails(manager);
      manager.destroyCache("c");
      assertThat(memory.scan("").nextPage(10)).isEmpty();
      manager.destroyCache("c");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory:c", "memory:c?on.failure=throw"})
  void isFinishedBeforeTheNameIsUsedAgain(String uri) {
    try (MemcachedCacheManager manager = manager(uri)) {
      createWithEntry(manager);
      assertDestroyFails(manager);

      failing.fail(FailingStore.any(Command.Delete.class), Reason.UNREACHABLE);
      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> manager.createCache("c", strings()));
      Cache<String, String> again = manager.createCache("c", strings());

      assertThat(again.get("k")).isNull();
    }
  }

  private Cache<String, String> createWithEntry(MemcachedCacheManager manager) {
    Cache<String, String> cache = manager.createCache("c", strings());
    cache.put("k", "v");
    return Objects.requireNonNull(cache);
  }

  private void assertDestroyFails(MemcachedCacheManager manager) {
    failing.fail(FailingStore.any(Command.Delete.class), Reason.UNREACHABLE);
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> manager.destroyCache("c"))
        .withMessageContaining("Cache 'c'")
        .withMessageContaining("scripted UNREACHABLE")
        .withMessageContaining("destroyCache");
  }

  private static MutableConfiguration<String, String> strings() {
    return new MutableConfiguration<>();
  }
}
