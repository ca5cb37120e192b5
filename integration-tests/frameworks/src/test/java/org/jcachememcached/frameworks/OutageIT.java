package org.jcachememcached.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.cache.CacheException;
import org.jcachememcached.frameworks.spring.Catalog;
import org.jcachememcached.frameworks.spring.ShopApplication;
import org.jcachememcached.frameworks.spring.Warehouse;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.boot.SpringApplication;
import org.springframework.cache.annotation.CachingConfigurer;
import org.springframework.cache.interceptor.CacheErrorHandler;
import org.springframework.cache.interceptor.LoggingCacheErrorHandler;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What callers of annotated methods see while memcached is down and {@code on.failure} degrades.
 */
final class OutageIT {

  private static final String LENIENT = "lenient";

  /** Has failures of caches logged. */
  private static final class Lenient implements CachingConfigurer {

    @Override
    public CacheErrorHandler errorHandler() {
      return new LoggingCacheErrorHandler();
    }
  }

  private final MemcachedServer server = MemcachedServer.start();
  private ConfigurableApplicationContext shop;
  private Catalog catalog;
  private Warehouse warehouse;

  @BeforeEach
  void startAndLoseTheServer(TestInfo test) {
    System.setProperty(ShopServer.PROPERTY, server.address());
    SpringApplication application = new SpringApplication(ShopApplication.class);
    if (test.getTags().contains(LENIENT)) {
      application.addInitializers(
          context -> context.getBeanFactory().registerSingleton(LENIENT, new Lenient()));
    }
    shop = application.run();
    catalog = shop.getBean(Catalog.class);
    warehouse = shop.getBean(Warehouse.class);
    catalog.product(7);
    catalog.stock(7);
    server.stop();
  }

  @AfterEach
  void stop() {
    shop.close();
    server.close();
    System.clearProperty(ShopServer.PROPERTY);
  }

  @Test
  void cacheableRunsTheMethod() {
    int before = warehouse.visits();

    assertThat(catalog.product(7).number()).isEqualTo(7);
    assertThat(catalog.product(7).number()).isEqualTo(7);
    assertThat(warehouse.visits()).isEqualTo(before + 2);
  }

  @Test
  void cacheableInSyncFails() {
    int before = warehouse.visits();

    assertThatThrownBy(() -> catalog.stock(7)).isInstanceOf(CacheException.class);

    assertThat(warehouse.visits()).isEqualTo(before);
  }

  @Test
  @Tag(LENIENT)
  void cacheableInSyncRunsTheMethodWhereAHandlerTakesTheException() {
    assertThat(catalog.stock(7)).isEqualTo(70);
    catalog.forgetProducts();
  }

  @Test
  void evictionOfOneEntryIsDroppedAndOfAllFails() {
    catalog.rename(7, "kettle");

    assertThatThrownBy(catalog::forgetProducts).isInstanceOf(CacheException.class);
  }
}
