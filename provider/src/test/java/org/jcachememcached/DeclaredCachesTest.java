package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caches that a config file declares: created on first use. */
class DeclaredCachesTest {

  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();

  private final Path folder;

  DeclaredCachesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private CacheManager manager(String caches) {
    Path file = folder.resolve("caches.conf");
    try {
      Files.writeString(
          file, "jcache-memcached {\n engine = memory\n caches {\n" + caches + "\n }\n}\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return provider.getCacheManager(file.toUri(), null);
  }

  @Test
  void isFoundByItsName() {
    CacheManager manager =
        manager("users { key.type = java.lang.String, value.type = java.lang.Integer }");

    Cache<String, Integer> users = manager.getCache("users", String.class, Integer.class);
    users.put("ada", 36);

    assertThat(manager.<String, Integer>getCache("users")).isSameAs(users);
    assertThat(manager.getCache("users").get("ada")).isEqualTo(36);
    assertThat((Object) manager.getCache("others")).isNull();
  }

  @Test
  void isNotAmongTheOpenCachesBeforeItIsUsed() {
    MemcachedCacheManager manager =
        manager("users {}, orders {}").unwrap(MemcachedCacheManager.class);
    assertThat(manager.openCaches()).isEmpty();

    Cache<?, ?> users = Objects.requireNonNull(manager.getCache("users"));
    Cache<?, ?> more = manager.createCache("more", new MutableConfiguration<>());
    assertThat(manager.openCaches()).containsExactlyInAnyOrder(of(users), of(more));

    users.close();
    manager.destroyCache("more");
    assertThat(manager.openCaches()).isEmpty();
  }

  private static MemcachedCache<?, ?> of(Cache<?, ?> cache) {
    return MemcachedCache.of(cache);
  }

  @Test
  void isNamedBeforeItIsAskedFor() {
    CacheManager manager = manager("users {}, orders {}");
    manager.createCache("more", new MutableConfiguration<>());

    assertThat(manager.getCacheNames()).containsExactlyInAnyOrder("users", "orders", "more");
  }

  @Test
  void existsAlready() {
    CacheManager manager = manager("users {}");

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> manager.createCache("users", new MutableConfiguration<>()))
        .withMessage("This cache manager already has a cache 'users'");
  }

  @Test
  void comesAgainAfterItWasClosed() {
    CacheManager manager = manager("users {}");
    Cache<String, String> first = Objects.requireNonNull(manager.getCache("users"));
    first.put("k", "v");
    first.close();

    Cache<String, String> second = manager.getCache("users");

    assertThat(second).isNotSameAs(first);
    assertThat(Objects.requireNonNull(second).get("k")).isEqualTo("v");
  }

  @Test
  void isGoneOnceItWasDestroyed() {
    CacheManager manager = manager("users {}");
    Objects.requireNonNull(manager.getCache("users")).put("k", "v");
    manager.destroyCache("users");

    assertThat((Object) manager.getCache("users")).isNull();
    assertThat(manager.getCacheNames()).isEmpty();
    assertThat(manager.createCache("users", new MutableConfiguration<>()).get("k")).isNull();
  }

  @Test
  void canBeDestroyedBeforeItWasAskedFor() {
    CacheManager manager = manager("users {}");
    manager.destroyCache("users");

    assertThat(manager.getCacheNames()).isEmpty();
  }

  @Test
  @SuppressWarnings("unchecked") // The class of a configuration does not know its types.
  void canBeShownInJmxBeforeItWasAskedFor() {
    CacheManager manager = manager("users {}");
    manager.enableStatistics("users", true);

    assertThat(
            manager
                .<Object, Object>getCache("users")
                .getConfiguration(MemcachedConfiguration.class)
                .isStatisticsEnabled())
        .isTrue();
  }

  @Test
  void isCreatedOnceForAllWhoAskAtOnce() {
    CacheManager manager = manager("users { expiry = \"" + CountedPolicy.class.getName() + "\" }");
    CountedPolicy.OPEN.set(0);

    List<CompletableFuture<@Nullable Object>> asked =
        Stream.generate(
                () ->
                    CompletableFuture.<@Nullable Object>supplyAsync(
                        () -> manager.<Object, Object>getCache("users")))
            .limit(8)
            .toList();

    assertThat(asked.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    assertThat(CountedPolicy.OPEN).hasValue(1);
  }

  @Test
  void mistakeNamesFileAndLine() {
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> manager("users { page.sise = 3 }"))
        .withMessageContaining("caches.conf")
        .withMessageContaining("4")
        .withMessageContaining("page.sise")
        .withMessageContaining("page.size");
  }

  @Test
  void classThatIsNotThereNamesFileAndLine() {
    CacheManager manager = manager("users { loader = com.acme.Loader }");

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> manager.getCache("users"))
        .withMessageContaining("caches.conf")
        .withMessageContaining("4")
        .withMessageContaining("com.acme.Loader");
  }

  /** Counts those that were created and not closed. */
  public static final class CountedPolicy implements ExpiryPolicy, java.io.Closeable {

    static final AtomicInteger OPEN = new AtomicInteger();

    private final ExpiryPolicy eternal = new EternalExpiryPolicy();

    public CountedPolicy() {
      OPEN.incrementAndGet();
    }

    @Override
    public Duration getExpiryForCreation() {
      return eternal.getExpiryForCreation();
    }

    @Override
    public @Nullable Duration getExpiryForAccess() {
      return null;
    }

    @Override
    public @Nullable Duration getExpiryForUpdate() {
      return null;
    }

    @Override
    public void close() {
      OPEN.decrementAndGet();
    }
  }
}
