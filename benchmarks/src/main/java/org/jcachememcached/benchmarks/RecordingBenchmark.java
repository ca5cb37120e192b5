package org.jcachememcached.benchmarks;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.jcachememcached.MemcachedCachingProvider;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a hit costs while the flight recorder watches for slow calls, beside a JVM without. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class RecordingBenchmark {

  private static final String KEY = "user:000000";

  private final CachingProvider provider = new MemcachedCachingProvider();
  private final Cache<String, String> cache =
      provider
          .getCacheManager(URI.create("memory:recording"), null)
          .createCache(
              "users",
              new MutableConfiguration<String, String>().setTypes(String.class, String.class));

  /** Stores what all calls find. */
  public RecordingBenchmark() {
    cache.put(KEY, "x".repeat(100));
  }

  @TearDown
  public void close() {
    provider.close();
  }

  @Benchmark
  @Fork(
      value = 3,
      jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
  public @Nullable String get() {
    return cache.get(KEY);
  }

  @Benchmark
  @Fork(
      value = 3,
      jvmArgsAppend = {
        "-Xms1g",
        "-Xmx1g",
        "-XX:StartFlightRecording:settings=none,+org.jcachememcached.Call#enabled=true"
      })
  public @Nullable String recordedGet() {
    return cache.get(KEY);
  }
}
