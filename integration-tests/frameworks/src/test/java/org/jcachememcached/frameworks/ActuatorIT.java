package org.jcachememcached.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.InvalidConfigurationException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.frameworks.spring.Catalog;
import org.jcachememcached.frameworks.spring.ShopApplication;
import org.jcachememcached.testing.ChildJvm;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The shop with Spring Boot's Actuator, which asks an MBean for what a cache counts. Micrometer
 * makes the name of that bean of the URI of the cache manager, in which it replaces colons and
 * nothing else: the application starts where everything else of the URI may be in a name.
 */
final class ActuatorIT {

  private static final String CACHES = "--spring.cache.cache-names=products,stock";
  private static final String NO_FILE = "--spring.cache.jcache.config=";

  private final List<MemcachedServer> servers =
      Stream.generate(MemcachedServer::start).limit(2).toList();

  private String servers(String separator) {
    return String.join(separator, servers.stream().map(MemcachedServer::address).toList());
  }

  @AfterEach
  void stop() {
    System.clearProperty(ShopServer.PROPERTY);
    servers.forEach(MemcachedServer::close);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "memcached://SERVERS/shop;statistics:true;timeout:2s",
        "memcached:shop;statistics:true;servers:SERVERS;listeners:",
      })
  void showsTheCachesOfAUriOfTwoServers(String uri) {
    URI known = URI.create(uri.replace("SERVERS", servers("+")));
    try (ConfigurableApplicationContext shop = start(known)) {
      requireMetrics(shop);
    }
  }

  @AfterEach
  void closeManagers() {
    Caching.getCachingProvider().close();
  }

  @Test
  void doesNotStartWhereTheUriHasWhatNoNameHas() {
    URI known = URI.create("memcached://" + servers(",") + "/shop");

    assertThatThrownBy(() -> start(known).close())
        .hasRootCauseInstanceOf(InvalidConfigurationException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+", ","})
  void showsTheCachesOfAFile(String separator) {
    System.setProperty(ShopServer.PROPERTY, servers(separator));
    try (ConfigurableApplicationContext shop = SpringApplication.run(ShopApplication.class)) {
      requireMetrics(shop);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"+", ","})
  void showsTheCachesOfTheServersThatAVariableNames(String separator) {
    assertThat(
            output(
                Map.of(
                    "MEMCACHED_SERVERS",
                    servers(separator),
                    "JCACHE_MEMCACHED_URI",
                    "memcached:///shop;statistics:true")))
        .contains(Shop.DONE);
  }

  @Test
  void showsTheCachesOfTheUriThatAVariableNames() {
    String uri = "memcached://" + servers("+") + "/shop;statistics:true";

    assertThat(output(Map.of("JCACHE_MEMCACHED_URI", uri))).contains(Shop.DONE);
  }

  private static List<String> output(Map<String, String> environment) {
    try (ChildJvm shop = ChildJvm.start(List.of(), environment, Shop.class, CACHES, NO_FILE)) {
      return shop.awaitEnd();
    }
  }

  /** The shop with a cache manager of its own, as an application makes it that has no file. */
  private static ConfigurableApplicationContext start(URI uri) {
    SpringApplication application = new SpringApplication(ShopApplication.class);
    application.addInitializers(
        context -> context.getBeanFactory().registerSingleton("ownCacheManager", manager(uri)));
    return application.run(NO_FILE);
  }

  private static CacheManager manager(URI uri) {
    CacheManager manager =
        Caching.getCachingProvider().getCacheManager(uri, ActuatorIT.class.getClassLoader());
    Stream.of("products", "stock")
        .forEach(cache -> manager.createCache(cache, new MutableConfiguration<>()));
    return manager;
  }

  private static void requireMetrics(ConfigurableApplicationContext shop) {
    Catalog catalog = shop.getBean(Catalog.class);
    catalog.product(7);
    catalog.product(7);
    assertThat(count(shop, "hit")).isEqualTo(1);
    assertThat(count(shop, "miss")).isEqualTo(1);
  }

  private static double count(ConfigurableApplicationContext shop, String result) {
    return shop.getBean(MeterRegistry.class)
        .get("cache.gets")
        .tags("cache", "products", "result", result)
        .functionCounter()
        .count();
  }

  /** What another JVM runs. */
  static final class Shop {

    static final String DONE = "the metrics are there";

    private Shop() {}

    public static void main(String[] arguments) {
      try (ConfigurableApplicationContext shop =
          SpringApplication.run(ShopApplication.class, arguments)) {
        requireMetrics(shop);
      }
      System.out.println(DONE);
    }
  }
}
