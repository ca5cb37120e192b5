package org.jcachememcached.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import javax.cache.CacheManager;
import org.jcachememcached.frameworks.hibernate.Customer;
import org.jcachememcached.frameworks.spring.Catalog;
import org.jcachememcached.frameworks.spring.ShopApplication;
import org.jcachememcached.frameworks.spring.Warehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Both applications in one JVM, on one config file. */
final class BothFrameworksIT {

  /** Includes {@code caches.conf}, so that Hibernate has a manager of its own. */
  private static final String OF_ITS_OWN = "classpath://orders-caches.conf";

  @RegisterExtension private final ShopServer server = new ShopServer();

  @Test
  void shareOneManager() {
    try (ConfigurableApplicationContext shop = startShop();
        Orders orders = Orders.start()) {
      assertThat(orders.cacheManager()).isSameAs(shop.getBean(CacheManager.class));

      requireCaching(shop);
      requireCaching(orders, 1);
    }
  }

  @Test
  void closeTheManagerThatTheyShareForBoth() {
    try (ConfigurableApplicationContext shop = startShop()) {
      Orders.start().close();

      Catalog catalog = shop.getBean(Catalog.class);
      assertThatIllegalStateException()
          .isThrownBy(() -> catalog.product(1))
          .withMessageContaining("products");
    }
  }

  @Test
  void startAgainAfterTheOtherHasClosedTheSharedManager() {
    try (Orders orders = Orders.start()) {
      startShop().close();
      assertThat(orders.cacheManager().isClosed()).isTrue();
    }

    try (ConfigurableApplicationContext shop = startShop();
        Orders orders = Orders.start()) {
      requireCaching(shop);
      requireCaching(orders, 1);
    }
  }

  @Test
  void surviveEachOtherWithManagersOfTheirOwn() {
    try (ConfigurableApplicationContext shop = startShop()) {
      try (Orders orders = Orders.start(OF_ITS_OWN)) {
        assertThat(orders.cacheManager()).isNotSameAs(shop.getBean(CacheManager.class));
        requireCaching(orders, 1);
      }
      requireCaching(shop);
    }
    try (Orders orders = Orders.start(OF_ITS_OWN)) {
      startShop().close();
      requireCaching(orders, 2);
    }
  }

  private static ConfigurableApplicationContext startShop() {
    return SpringApplication.run(ShopApplication.class);
  }

  private static void requireCaching(ConfigurableApplicationContext shop) {
    Catalog catalog = shop.getBean(Catalog.class);
    catalog.product(5);
    int visits = shop.getBean(Warehouse.class).visits();
    catalog.product(5);
    assertThat(shop.getBean(Warehouse.class).visits()).isEqualTo(visits);
  }

  // Every start has an empty database, but memcached still knows the customers of the last one.
  private static void requireCaching(Orders orders, long number) {
    orders.change(session -> session.persist(new Customer(number, "Ada", "London")));
    orders.statistics().clear();
    assertThat(orders.<String>read(session -> session.find(Customer.class, number).name()))
        .isEqualTo("Ada");
    assertThat(orders.statistics().getSecondLevelCacheHitCount()).isEqualTo(1);
  }
}
