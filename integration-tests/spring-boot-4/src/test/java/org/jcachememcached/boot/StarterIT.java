package org.jcachememcached.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;

import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

/** A running application whose server answers. */
@Timeout(180)
class StarterIT {

  private final MemcachedServer server = MemcachedServer.start();
  private ConfigurableApplicationContext shop;
  private Catalog catalog;
  private Actuator actuator;

  @BeforeEach
  void start() {
    shop = Shop.start(server.address());
    catalog = shop.getBean(Catalog.class);
    actuator = new Actuator(shop);
  }

  @AfterEach
  void stop() {
    shop.close();
    server.close();
  }

  @Test
  void runsMethodsOnce() {
    assertThat(catalog.product(7).name()).isEqualTo("run 1");
    assertThat(catalog.product(7).name()).isEqualTo("run 1");
    assertThat(catalog.stock(7)).isEqualTo(2);
    assertThat(catalog.stock(7)).isEqualTo(2);
    assertThat(catalog.noProduct("none")).isNull();
    assertThat(catalog.noProduct("none")).isNull();
    assertThat(catalog.runs()).isEqualTo(3);
  }

  @Test
  void runsMethodsOnceThatReturnFutures() {
    assertThat(catalog.later(7).join().name()).isEqualTo("run 1");
    assertThat(catalog.later(7).join().name()).isEqualTo("run 1");
    assertThat(catalog.reactive(7).map(Product::name).block()).isEqualTo("run 1");
    assertThat(catalog.reactive(8).map(Product::name).block()).isEqualTo("run 2");
    assertThat(catalog.reactive(8).map(Product::name).block()).isEqualTo("run 2");
    assertThat(catalog.laterStock(7).join()).isEqualTo(3);
    assertThat(catalog.laterStock(7).join()).isEqualTo(3);
  }

  @Test
  void storesAndForgets() {
    catalog.product(7);
    catalog.rename(7, "kettle");
    assertThat(catalog.product(7).name()).isEqualTo("kettle");

    catalog.forget(7);
    assertThat(catalog.product(7).name()).isEqualTo("run 2");
    catalog.forgetAll();
    assertThat(catalog.product(7).name()).isEqualTo("run 3");
  }

  @Test
  void sharesEntriesWithOtherApplicationsAndComputesOnce() throws Exception {
    try (ConfigurableApplicationContext other = Shop.start(server.address())) {
      Catalog others = other.getBean(Catalog.class);
      catalog.product(7);
      assertThat(others.product(7).name()).isEqualTo("run 1");
      assertThat(others.runs()).isZero();

      Thread there = new Thread(() -> assertThat(slowStock(others)).isPositive());
      there.start();
      slowStock(catalog);
      there.join();
      assertThat(catalog.runs() - 1 + others.runs()).isEqualTo(1);
    }
  }

  private static int slowStock(Catalog catalog) {
    try {
      return catalog.slowStock("7");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void showsHealth() throws Exception {
    catalog.product(7);

    assertThat(actuator.get("health/memcached"))
        .startsWith("200 ")
        .contains("\"status\":\"UP\"")
        .contains("\"" + server.address() + "\":{\"state\":\"READY\",\"since\":\"20");
  }

  @Test
  void showsCaches() throws Exception {
    assertThat(actuator.get("caches")).startsWith("200 ").contains("\"products\"", "\"stock\"");
    assertThat(actuator.get("caches/products")).startsWith("200 ");
  }

  @Test
  void showsMetrics() throws Exception {
    catalog.product(7);
    catalog.product(7);

    actuator.get("metrics/memcached.caches");
    assertThat(actuator.get("metrics/cache.gets?tag=cache:products&tag=result:hit"))
        .startsWith("200 ")
        .contains("\"value\":1.0");
    assertThat(actuator.get("metrics/memcached.node.state?tag=state:ready"))
        .contains("\"value\":1.0");
  }

  @Test
  void staysUpWhileTheServerIsDownAndSaysWhy() throws Exception {
    catalog.product(7);
    server.stop();

    await()
        .untilAsserted(
            () ->
                assertThat(actuator.get("health/memcached"))
                    .startsWith("200 ")
                    .contains("\"status\":\"UP\"")
                    .contains("\"state\":\"DOWN\",\"since\":\"20")
                    .contains("\"failure\":\"memcached at " + server.address()));
  }
}
