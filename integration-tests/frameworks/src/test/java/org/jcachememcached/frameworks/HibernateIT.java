package org.jcachememcached.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.hibernate.stat.CacheRegionStatistics;
import org.jcachememcached.frameworks.hibernate.Customer;
import org.jcachememcached.frameworks.hibernate.OrderLine;
import org.jcachememcached.frameworks.hibernate.OrderLineId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Hibernate application whose second-level cache is in the config file alone. */
final class HibernateIT {

  @RegisterExtension private final ShopServer server = new ShopServer();
  private Orders orders;

  @BeforeEach
  void start() {
    orders = Orders.start();
    orders.change(
        session -> {
          session.persist(new Customer(1, "Ada", "London"));
          session.persist(new Customer(2, "Kurt", "Brno"));
          session.persist(new OrderLine(line(1), 10));
        });
    orders.secondLevelCache().evictAll();
    orders.statistics().clear();
  }

  @AfterEach
  void stop() {
    orders.close();
  }

  @Test
  void answersTheSecondSessionFromTheCache() {
    String first = customerName(1);
    String second = customerName(1);

    assertThat(second).isEqualTo(first).isEqualTo("Ada");
    assertThat(orders.statistics().getPrepareStatementCount()).isEqualTo(1);
    assertThat(region("customers").getHitCount()).isEqualTo(1);
    assertThat(region("customers").getMissCount()).isEqualTo(1);
    assertThat(CacheBeans.count("customers", "CacheHits")).isEqualTo(1);
    assertThat(server.keys("shop:customers:")).hasSize(1);
  }

  @Test
  void readsWhatAnotherSessionHasChangedUnderALock() {
    customerCity(1);
    orders.change(session -> session.find(Customer.class, 1L).moveTo("Paris"));
    orders.statistics().clear();

    assertThat(customerCity(1)).isEqualTo("Paris");
    assertThat(region("customers").getHitCount()).isEqualTo(1);
    assertThat(orders.statistics().getPrepareStatementCount()).isZero();
  }

  @Test
  void findsACompositeIdAgainByOneThatIsEqual() {
    quantity(1);

    assertThat(quantity(1)).isEqualTo(10);
    assertThat(region("order-lines").getHitCount()).isEqualTo(1);
    assertThat(orders.statistics().getPrepareStatementCount()).isEqualTo(1);
  }

  @Test
  void dropsTheEntryOfACompositeIdWithItsChange() {
    quantity(1);
    orders.change(session -> session.find(OrderLine.class, line(1)).order(99));

    assertThat(server.keys("shop:order-lines:")).isEmpty();
    assertThat(quantity(1)).isEqualTo(99);
  }

  @Test
  void answersAQueryFromTheCacheUntilItsTableChanges() {
    assertThat(orders.customersIn("Brno")).containsExactly("Kurt");
    assertThat(orders.customersIn("Brno")).containsExactly("Kurt");
    assertThat(server.keys("shop:customers-by-city:")).hasSize(1);
    assertThat(orders.statistics().getQueryCacheHitCount()).isEqualTo(1);

    orders.change(session -> session.find(Customer.class, 1L).moveTo("Brno"));

    assertThat(orders.customersIn("Brno")).containsExactly("Ada", "Kurt");
    assertThat(server.keys("shop:default-update-timestamps-region:"))
        .contains("shop:default-update-timestamps-region:s.Customer");
  }

  @Test
  void readsAgainWhatWasEvicted() {
    customerName(1);
    customerName(2);
    assertThat(orders.secondLevelCache().contains(Customer.class, 1L)).isTrue();

    orders.secondLevelCache().evict(Customer.class, 1L);

    assertThat(orders.secondLevelCache().contains(Customer.class, 1L)).isFalse();
    assertThat(orders.secondLevelCache().contains(Customer.class, 2L)).isTrue();

    orders.secondLevelCache().evictAll();

    assertThat(server.keys("shop:customers:")).isEmpty();
  }

  @Test
  void keepsEntriesAsLongAsTheFileSays() {
    customerName(1);

    assertThat(expiry("customers").getExpiryForAccess())
        .isEqualTo(new Duration(TimeUnit.MINUTES, 30));
    assertThat(expiry("order-lines").getExpiryForUpdate())
        .isEqualTo(new Duration(TimeUnit.HOURS, 1));
    assertThat(expiry("default-update-timestamps-region").getExpiryForCreation())
        .isEqualTo(Duration.ETERNAL);
    assertThat(server.secondsToLive(server.keys("shop:customers:").get(0))).isBetween(1790, 1805);
  }

  private String customerName(long number) {
    return orders.read(session -> session.find(Customer.class, number).name());
  }

  private String customerCity(long number) {
    return orders.read(session -> session.find(Customer.class, number).city());
  }

  private int quantity(int place) {
    return orders.read(session -> session.find(OrderLine.class, line(place)).quantity());
  }

  // Never the same instance twice, not even of the code: only what it says may count.
  private static OrderLineId line(int place) {
    return new OrderLineId("A-" + place, place);
  }

  private CacheRegionStatistics region(String name) {
    return orders.statistics().getDomainDataRegionStatistics(name);
  }

  private ExpiryPolicy expiry(String cache) {
    return Configurations.expiry(orders.cacheManager(), cache);
  }
}
