package org.jcachememcached.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.testing.Patience.await;

import com.google.inject.Guice;
import com.google.inject.Singleton;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.annotation.CacheResult;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.MemcachedConfiguration;
import org.jcachememcached.testing.ChildJvm;
import org.jspecify.annotations.Nullable;
import org.jsr107.ri.annotations.DefaultGeneratedCacheKey;
import org.jsr107.ri.spi.RICachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Which caches compute the values of {@code @CacheResult} methods themselves, and what shows it.
 */
class ComputingCacheTest {

  private static final Object KEY = new DefaultGeneratedCacheKey(new Object[] {"a"});

  private final Caching caching = Caching.inMemory();
  private final Service service = caching.instance(Service.class);

  @AfterEach
  void close() {
    caching.close();
  }

  @Test
  void doesNotStoreOverWhatWasPutMeanwhile() {
    Cache<Object, Object> cache = create("plain", Statistics.configuration());
    service.meanwhile = () -> cache.put(KEY, "put");

    assertThat(service.plain("a")).as("what the method returned").isEqualTo("call 1");
    assertThat(service.plain("a")).isEqualTo("put");
  }

  @Test
  void countsAMissAndNoPut() {
    create("plain", Statistics.configuration());
    service.plain("a");
    service.plain("a");

    assertThat(Statistics.misses(caching.manager(), "plain")).isEqualTo(1);
    assertThat(Statistics.hits(caching.manager(), "plain")).isEqualTo(1);
    assertThat(Statistics.puts(caching.manager(), "plain")).isZero();
  }

  @Test
  void doesNotStoreNull() {
    create("plain", Statistics.configuration());
    service.result = null;

    assertThat(service.plain("a")).isNull();
    assertThat(service.plain("a")).isNull();
    assertThat(service.calls).hasValue(2);
  }

  @Test
  void runsTheMethodInTheBackgroundForAValueThatIsServedStale() {
    MemcachedCache<Object, Object> cache = createServingStale();
    service.plain("a");
    cache.markStale(KEY);

    assertThat(service.plain("a")).isEqualTo("call 1");

    await().until(() -> "call 2".equals(cache.get(KEY)));
    assertThat(service.plain("a")).isEqualTo("call 2");
  }

  @Test
  void servesAStaleValueAlsoWhenTheMethodFails() {
    MemcachedCache<Object, Object> cache = createServingStale();
    service.plain("a");
    cache.markStale(KEY);
    service.meanwhile =
        () -> {
          throw new IllegalStateException("the source is down");
        };

    assertThat(service.plain("a")).isEqualTo("call 1");

    await().until(() -> service.calls.get() == 2);
    assertThat(service.plain("a")).isEqualTo("call 1");
  }

  @SuppressWarnings("unchecked")
  private MemcachedCache<Object, Object> createServingStale() {
    MemcachedConfiguration<Object, Object> configuration = new MemcachedConfiguration<>();
    return create("plain", configuration.set("stale.for", "1h")).unwrap(MemcachedCache.class);
  }

  @Test
  void asksTheLoaderOfACacheThatReadsThrough() {
    create(
        "plain",
        new MutableConfiguration<>()
            .setReadThrough(true)
            .setCacheLoaderFactory(FactoryBuilder.factoryOf(Loader.class)));

    assertThat(service.plain("a")).isEqualTo("loaded");
    assertThat(service.calls).hasValue(0);
  }

  @Test
  void writesThrough() {
    create(
        "plain",
        new MutableConfiguration<>()
            .setWriteThrough(true)
            .setCacheWriterFactory(FactoryBuilder.factoryOf(Writer.class)));
    Writer.written.clear();
    service.plain("a");

    assertThat(Writer.written).containsExactly("call 1");
  }

  @Test
  void looksForCachedExceptionsBeforeTheMethodRuns() {
    create("failing", Statistics.configuration());
    create("failures", Statistics.configuration());
    for (int call = 1; call <= 2; call++) {
      assertThatThrownBy(() -> service.failing("a")).isInstanceOf(IOException.class);
    }

    assertThat(service.calls).hasValue(1);
    assertThat(Statistics.misses(caching.manager(), "failing")).isEqualTo(2);
    assertThat(Statistics.puts(caching.manager(), "failures")).isEqualTo(1);
  }

  @Test
  void anyProviderWillDoWhereOursIsMissing() throws Exception {
    try (ChildJvm other =
        ChildJvm.start(List.of("-cp", classPathWithoutOurs()), Map.of(), Other.class)) {
      assertThat(other.awaitEnd()).containsExactly("call 1", "call 1");
    }
  }

  private static String classPathWithoutOurs() throws Exception {
    Path ours =
        Path.of(MemcachedCache.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(element -> !Path.of(element).toAbsolutePath().equals(ours))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Cache<Object, Object> create(String name, Configuration<Object, Object> configuration) {
    return caching.manager().createCache(name, configuration);
  }

  /** What the other JVM runs. */
  static final class Other {

    private Other() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
      try (RICachingProvider provider = new RICachingProvider()) {
        Service service =
            Guice.createInjector(CacheAnnotationsModule.builder().cachingProvider(provider).build())
                .getInstance(Service.class);
        System.out.println(service.plain("a"));
        System.out.println(service.plain("a"));
      }
    }
  }

  /** Loads the same for every key. */
  public static final class Loader implements CacheLoader<Object, Object> {

    @Override
    public Object load(Object key) {
      return "loaded";
    }

    @Override
    public Map<Object, Object> loadAll(Iterable<?> keys) {
      throw new UnsupportedOperationException();
    }
  }

  /** Remembers what it is given. */
  public static final class Writer implements CacheWriter<Object, Object> {

    static final List<Object> written = new ArrayList<>();

    @Override
    public void write(Cache.Entry<?, ?> entry) {
      written.add(entry.getValue());
    }

    @Override
    public void writeAll(Collection<Cache.Entry<?, ?>> entries) {
      entries.forEach(this::write);
    }

    @Override
    public void delete(Object key) {}

    @Override
    public void deleteAll(Collection<?> keys) {}
  }

  @Singleton
  static class Service {

    final AtomicInteger calls = new AtomicInteger();
    Runnable meanwhile = () -> {};
    @Nullable String result = "call ";

    @CacheResult(cacheName = "plain")
    @Nullable String plain(String key) {
      int call = calls.incrementAndGet();
      meanwhile.run();
      return result == null ? null : result + call;
    }

    @CacheResult(cacheName = "failing", exceptionCacheName = "failures")
    String failing(String key) throws IOException {
      calls.incrementAndGet();
      throw new IOException(key);
    }
  }
}
