package org.jcachememcached.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.MemcachedCacheManager;
import org.jcachememcached.MemcachedCachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The meters of a manager whose caches are in memory, through all that happens to its caches. */
class MemcachedMetricsTest {

  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();
  private final MeterRegistry registry = new SimpleMeterRegistry();

  @AfterEach
  void close() {
    provider.close();
  }

  private CacheManager manager(String application) {
    return provider.getCacheManager(URI.create("memory:/" + application), null);
  }

  private static Cache<String, String> counting(CacheManager manager, String name) {
    return manager.createCache(
        name, new MutableConfiguration<String, String>().setStatisticsEnabled(true));
  }

  private static void read(MeterRegistry registry) {
    registry.getMeters().forEach(meter -> meter.measure().forEach(each -> each.getValue()));
  }

  private Set<String> caches(String meter) {
    read(registry);
    return registry.getMeters().stream()
        .map(Meter::getId)
        .filter(id -> id.getName().equals(meter))
        .map(id -> Objects.requireNonNull(id.getTag("cache")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private double count(String name, String... tags) {
    return registry.get(name).tags(tags).functionCounter().count();
  }

  @Test
  void countsWhatACacheDoes() {
    CacheManager manager = manager("shop");
    Cache<String, String> users = counting(manager, "users");
    new MemcachedMetrics(manager).bindTo(registry);

    users.put("ada", "Lovelace");
    users.get("ada");
    users.get("ada");
    users.get("alan");
    users.put("grace", "Hopper");
    users.put("grace", "Murray");
    users.remove("grace");

    assertThat(count("cache.gets", "cache", "users", "result", "hit")).isEqualTo(2);
    assertThat(count("cache.gets", "cache", "users", "result", "miss")).isEqualTo(1);
    assertThat(count("cache.puts", "cache", "users")).isEqualTo(3);
    assertThat(count("cache.removals", "cache", "users")).isEqualTo(1);
    assertThat(registry.get("memcached.caches").gauge().value()).isEqualTo(1);
  }

  @Test
  void laterCachesAppearAndClosedOnesVanish() {
    CacheManager manager = manager("shop");
    counting(manager, "users");
    new MemcachedMetrics(manager).bindTo(registry);
    assertThat(caches("cache.gets")).containsExactly("users");

    counting(manager, "orders");
    Cache<?, ?> prices = counting(manager, "prices");
    assertThat(caches("cache.gets")).containsExactly("orders", "prices", "users");

    manager.destroyCache("users");
    prices.close();
    assertThat(caches("cache.gets")).containsExactly("orders");
    assertThat(caches("memcached.cache.degraded")).containsExactly("orders");
  }

  @Test
  void aCacheThatIsCreatedAgainCountsAnew() {
    CacheManager manager = manager("shop");
    counting(manager, "users").put("ada", "Lovelace");
    new MemcachedMetrics(manager).bindTo(registry);
    assertThat(count("cache.puts")).isEqualTo(1);

    manager.destroyCache("users");
    Cache<String, String> users = counting(manager, "users");
    read(registry);

    assertThat(count("cache.puts")).isZero();
    users.put("alan", "Turing");
    assertThat(count("cache.puts")).isEqualTo(1);
  }

  @Test
  void whatCountsOnlyWithStatisticsIsShownWhileTheyAreEnabled() {
    CacheManager manager = manager("shop");
    manager.createCache("users", new MutableConfiguration<>());
    new MemcachedMetrics(manager).bindTo(registry);
    assertThat(caches("cache.gets")).isEmpty();
    assertThat(caches("memcached.cache.degraded")).containsExactly("users");

    manager.enableStatistics("users", true);
    assertThat(caches("cache.gets")).containsExactly("users");

    manager.enableStatistics("users", false);
    assertThat(caches("cache.gets")).isEmpty();
    assertThat(caches("memcached.cache.degraded")).containsExactly("users");
  }

  @Test
  void declaredCachesAreNotCreated(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("caches.conf");
    Files.writeString(
        file, "jcache-memcached { engine = memory, caches { users { statistics = true } } }");
    CacheManager manager = provider.getCacheManager(file.toUri(), null);
    new MemcachedMetrics(manager).bindTo(registry);

    assertThat(caches("cache.gets")).isEmpty();
    assertThat(manager.unwrap(MemcachedCacheManager.class).openCaches()).isEmpty();

    manager.getCache("users");
    assertThat(caches("cache.gets")).containsExactly("users");
  }

  @Test
  void everyMeterHasTheTagsOfTheApplication() {
    CacheManager manager = manager("shop");
    counting(manager, "users");
    new MemcachedMetrics(manager, Tags.of("cache.manager", "shop")).bindTo(registry);

    assertThat(registry.getMeters())
        .isNotEmpty()
        .allSatisfy(meter -> assertThat(meter.getId().getTag("cache.manager")).isEqualTo("shop"));
  }

  @Test
  void severalManagersNeedTagsOfTheirOwn() {
    CacheManager shop = manager("shop");
    CacheManager stock = manager("stock");
    counting(shop, "users");
    counting(stock, "parts");
    new MemcachedMetrics(shop, Tags.of("cache.manager", "shop")).bindTo(registry);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () -> new MemcachedMetrics(stock, Tags.of("cache.manager", "shop")).bindTo(registry))
        .withMessageContaining("[tag(cache.manager=shop)]");
    assertThat(caches("cache.gets")).containsExactly("users");

    new MemcachedMetrics(stock, Tags.of("cache.manager", "stock")).bindTo(registry);
    assertThat(caches("cache.gets")).containsExactly("parts", "users");
    shop.close();
    assertThat(caches("cache.gets")).containsExactly("parts");
  }

  @Test
  void aClosedManagerLeavesNothing() {
    CacheManager manager = manager("shop");
    counting(manager, "users");
    new MemcachedMetrics(manager).bindTo(registry);
    manager.close();

    read(registry);
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void aManagerThatTakesThePlaceOfAClosedOneIsBound() {
    CacheManager first = manager("shop");
    counting(first, "users");
    new MemcachedMetrics(first).bindTo(registry);
    first.close();

    CacheManager second = manager("shop");
    counting(second, "orders");
    new MemcachedMetrics(second).bindTo(registry);

    assertThat(caches("cache.gets")).containsExactly("orders");
  }

  @Test
  void aClosedManagerIsNotBound() {
    CacheManager manager = manager("shop");
    manager.close();
    new MemcachedMetrics(manager).bindTo(registry);

    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void aRegistryOfRegistriesFollows() {
    SimpleMeterRegistry part = new SimpleMeterRegistry();
    CompositeMeterRegistry composite = new CompositeMeterRegistry();
    composite.add(part);
    CacheManager manager = manager("shop");
    new MemcachedMetrics(manager).bindTo(composite);

    counting(manager, "users").put("ada", "Lovelace");
    read(part);
    assertThat(part.get("cache.puts").tag("cache", "users").functionCounter().count()).isEqualTo(1);

    manager.close();
    read(part);
    assertThat(part.getMeters()).isEmpty();
    assertThat(composite.getMeters()).isEmpty();
  }

  @Test
  void aMeterOfAnotherTypeIsReportedAndNothingStays() {
    registry.gauge("cache.removals", Tags.of("cache", "users"), 1);
    CacheManager manager = manager("shop");
    counting(manager, "users");

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new MemcachedMetrics(manager).bindTo(registry));
    assertThat(registry.getMeters())
        .extracting(meter -> meter.getId().getName())
        .containsExactly("cache.removals");
  }

  @Test
  void acceptsManagersOfThisProviderOnly() {
    CacheManager other =
        (CacheManager)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {CacheManager.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("unwrap")) {
                    throw new IllegalArgumentException("unknown type");
                  }
                  return URI.create("other://manager");
                });

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new MemcachedMetrics(other))
        .withMessageContaining("The cache manager other://manager is of")
        .withMessageContaining(MemcachedCacheManager.class.getName());
  }

  @Test
  void theStatisticsAreThoseOfTheCache() {
    CacheManager manager = manager("shop");
    Cache<String, String> users = counting(manager, "users");
    new MemcachedMetrics(manager).bindTo(registry);
    users.put("ada", "Lovelace");
    users.get("ada");
    MemcachedCache.of(users).statistics().clear();

    assertThat(List.of(count("cache.puts"), count("cache.gets", "result", "hit")))
        .containsOnly(0.0);
  }
}
