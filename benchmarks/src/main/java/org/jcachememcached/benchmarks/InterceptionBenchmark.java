package org.jcachememcached.benchmarks;

import com.google.inject.Guice;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.jcachememcached.MemcachedCachingProvider;
import org.jcachememcached.guice.CacheAnnotationsModule;
import org.jspecify.annotations.Nullable;
import org.jsr107.ri.annotations.DefaultGeneratedCacheKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a hit costs through {@code @CacheResult}, beside the same hit without, both in this JVM. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 5,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class InterceptionBenchmark {

  private final CachingProvider provider = new MemcachedCachingProvider();
  private final CacheManager manager =
      provider.getCacheManager(URI.create("memory:interception"), null);
  private final Cache<Object, Object> cache =
      manager.createCache(Users.CACHE, new MutableConfiguration<>());
  private final Users users =
      Guice.createInjector(CacheAnnotationsModule.builder().cacheManager(manager).build())
          .getInstance(Users.class);
  private final String name = "user:000000";

  /** Stores what all calls find. */
  @Setup
  public void fill() {
    cache.put(key(), "x".repeat(100));
  }

  @TearDown
  public void close() {
    provider.close();
  }

  @Benchmark
  public @Nullable Object directGet() {
    return cache.get(key());
  }

  @Benchmark
  public String cacheResult() {
    return users.find(name);
  }

  private DefaultGeneratedCacheKey key() {
    return new DefaultGeneratedCacheKey(new Object[] {name});
  }
}
