package org.jcachememcached.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.EntryProcessorException;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.MemcachedCachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The timers of calls, by a clock that stands still unless a test advances it. */
class CallTimersTest {

  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();
  private final CacheManager manager = provider.getCacheManager(URI.create("memory:/shop"), null);
  private final MockClock clock = new MockClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);

  @AfterEach
  void close() {
    provider.close();
  }

  private MemcachedCache<String, String> users() {
    return MemcachedCache.of(
        manager.createCache("users", new MutableConfiguration<String, String>()));
  }

  private Timer timer(String operation, String outcome) {
    return registry
        .get("memcached.cache.calls")
        .tags("cache", "users", "operation", operation, "outcome", outcome)
        .timer();
  }

  private List<Meter> timers() {
    registry.get("memcached.caches").gauge().value();
    return List.copyOf(registry.find("memcached.cache.calls").meters());
  }

  private void takes(MemcachedCache<String, String> cache, Duration duration) {
    cache.invoke(
        "ada",
        (entry, arguments) -> {
          clock.add(duration);
          return 0;
        });
  }

  @Test
  void callsAreTimed() {
    MemcachedCache<String, String> users = users();
    new MemcachedMetrics(manager).withCallTimers().bindTo(registry);

    takes(users, Duration.ofMillis(3));
    takes(users, Duration.ofMillis(20));
    users.get("ada");

    assertThat(timer("invoke", "success").count()).isEqualTo(2);
    assertThat(timer("invoke", "success").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(23);
    assertThat(timer("get", "success").count()).isEqualTo(1);
  }

  @Test
  void failuresHaveTimersOfTheirOwn() {
    MemcachedCache<String, String> users = users();
    new MemcachedMetrics(manager).withCallTimers().bindTo(registry);

    assertThatExceptionOfType(EntryProcessorException.class)
        .isThrownBy(
            () ->
                users.invoke(
                    "ada",
                    (entry, arguments) -> {
                      clock.add(Duration.ofMillis(5));
                      throw new IllegalStateException();
                    }));

    assertThat(timer("invoke", "error").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(5);
    assertThat(timers()).hasSize(1);
  }

  @Test
  void asynchronousCallsAreTimedUntilTheyEnd() {
    MemcachedCache<String, String> users = users();
    new MemcachedMetrics(manager).withCallTimers().bindTo(registry);
    CompletableFuture<Runnable> step = new CompletableFuture<>();

    CompletableFuture<String> call =
        users.async(step::complete).getOrCompute("ada", key -> "x").toCompletableFuture();
    clock.add(Duration.ofMillis(7));
    assertThat(timers()).isEmpty();
    call.cancel(false);

    assertThat(timer("getOrCompute", "error").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(7);
  }

  @Test
  void bucketsAndPercentilesTellTheDistribution() {
    MemcachedCache<String, String> users = users();
    new MemcachedMetrics(manager).withCallTimers(0.5).bindTo(registry);
    for (int millis = 1; millis <= 9; millis++) {
      takes(users, Duration.ofMillis(millis));
    }

    HistogramSnapshot snapshot = timer("invoke", "success").takeSnapshot();
    assertThat(Arrays.stream(snapshot.histogramCounts()).map(CountAtBucket::count))
        .containsExactly(0.0, 0.0, 0.0, 1.0, 2.0, 5.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0);
    assertThat(snapshot.percentileValues()[0].value(TimeUnit.MILLISECONDS)).isBetween(4.5, 5.5);
  }

  @Test
  void theRegistryMayDenyThem() {
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("memcached.cache.calls"));
    MemcachedCache<String, String> users = users();
    new MemcachedMetrics(manager).withCallTimers().bindTo(registry);

    users.get("ada");

    assertThat(timers()).isEmpty();
  }

  @Test
  void nothingIsTimedByDefault() {
    MemcachedCache<String, String> users = users();
    new MemcachedMetrics(manager).bindTo(registry);

    users.get("ada");

    assertThat(timers()).isEmpty();
  }

  @Test
  void theyHaveTheTagsOfTheApplication() {
    MemcachedCache<String, String> users = users();
    new MemcachedMetrics(manager, Tags.of("cache.manager", "shop"))
        .withCallTimers()
        .bindTo(registry);

    users.get("ada");

    assertThat(timer("get", "success").getId().getTag("cache.manager")).isEqualTo("shop");
  }

  @Test
  void theyVanishWithTheirCache() {
    MemcachedCache<String, String> users = users();
    new MemcachedMetrics(manager).withCallTimers(0.5).bindTo(registry);
    users.get("ada");
    assertThat(timers()).hasSize(1);

    manager.destroyCache("users");
    assertThat(timers()).isEmpty();

    users().put("ada", "Lovelace");
    assertThat(timers()).hasSize(1);
    manager.close();
    registry.find("memcached.caches").gauges().forEach(gauge -> gauge.value());
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void aCallThatOutlivesItsCacheLeavesNothing() {
    MemcachedCache<String, String> users = users();
    new MemcachedMetrics(manager).withCallTimers().bindTo(registry);
    CompletableFuture<Runnable> step = new CompletableFuture<>();
    CompletableFuture<String> call =
        users.async(step::complete).getOrCompute("ada", key -> "x").toCompletableFuture();

    manager.destroyCache("users");
    assertThat(timers()).isEmpty();
    call.cancel(false);

    assertThat(timers()).isEmpty();
  }
}
