package org.jcachememcached.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.jcachememcached.frameworks.spring.Catalog;
import org.jcachememcached.frameworks.spring.Product;
import org.jcachememcached.frameworks.spring.ShopApplication;
import org.jcachememcached.frameworks.spring.Warehouse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A Spring Boot application whose caches are in the config file alone. */
final class SpringBootIT {

  @RegisterExtension private final ShopServer server = new ShopServer();
  private ConfigurableApplicationContext shop;
  private Catalog catalog;
  private Warehouse warehouse;

  @BeforeEach
  void start() {
    shop = SpringApplication.run(ShopApplication.class);
    catalog = shop.getBean(Catalog.class);
    warehouse = shop.getBean(Warehouse.class);
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  @Test
  void answersTheSecondCallFromTheCache() {
    Product first = catalog.product(7);
    Product second = catalog.product(7);

    assertThat(second).isEqualTo(first).isNotSameAs(first);
    assertThat(warehouse.visits()).isEqualTo(1);
    assertThat(CacheBeans.count("products", "CacheHits")).isEqualTo(1);
    assertThat(CacheBeans.count("products", "CacheMisses")).isEqualTo(1);
    assertThat(server.keys("shop:")).containsExactly("shop:products:i.7");
  }

  @Test
  void letsOneGoAndLookForAllWhoAskAtOnce() throws Exception {
    ExecutorService customers = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> answers =
          IntStream.range(0, 8).mapToObj(i -> customers.submit(() -> catalog.stock(3))).toList();
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(30);
      }
    } finally {
      customers.shutdownNow();
    }

    assertThat(warehouse.visits()).isEqualTo(1);
    assertThat(server.keys("shop:")).containsExactly("shop:stock:i.3");
  }

  @Test
  void readsAgainWhatWasEvicted() {
    catalog.product(1);
    catalog.product(2);
    catalog.rename(1, "kettle");

    assertThat(server.keys("shop:")).containsExactly("shop:products:i.2");
    assertThat(catalog.product(1).name()).isEqualTo("kettle");

    catalog.forgetProducts();

    assertThat(server.keys("shop:")).isEmpty();
  }

  @Test
  void keepsEntriesAsLongAsTheFileSays() {
    catalog.product(7);

    assertThat(expiry("products").getExpiryForCreation())
        .isEqualTo(new Duration(TimeUnit.MINUTES, 10));
    assertThat(expiry("stock").getExpiryForCreation()).isEqualTo(new Duration(TimeUnit.SECONDS, 5));
    assertThat(server.secondsToLive("shop:products:i.7")).isBetween(590, 605);
  }

  @Test
  void takesTypesAndStatisticsFromTheFile() {
    CompleteConfiguration<?, ?> stock =
        Configurations.of(shop.getBean(CacheManager.class), "stock");

    assertThat(stock.getKeyType()).isEqualTo(Integer.class);
    assertThat(stock.getValueType()).isEqualTo(Integer.class);
    assertThat(stock.isStatisticsEnabled()).isTrue();
  }

  private ExpiryPolicy expiry(String cache) {
    return Configurations.expiry(shop.getBean(CacheManager.class), cache);
  }
}
