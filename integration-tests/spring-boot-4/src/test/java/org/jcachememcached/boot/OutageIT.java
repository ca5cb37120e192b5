package org.jcachememcached.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.testing.Patience.await;

import javax.cache.CacheException;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

/** What callers of annotated methods see while memcached is away, with the default settings. */
@Timeout(180)
class OutageIT {

  private final MemcachedServer server = MemcachedServer.start();
  private ConfigurableApplicationContext shop;
  private Catalog catalog;

  @BeforeEach
  void startAndLoseTheServer() {
    shop = Shop.start(server.address(), "management.health.memcached.down-when-unreachable=true");
    catalog = shop.getBean(Catalog.class);
    catalog.product(7);
    catalog.stock(7);
    server.stop();
  }

  @AfterEach
  void stop() {
    shop.close();
    server.close();
  }

  @Test
  void runsEachCachedMethod() {
    assertThat(catalog.product(7).name()).isEqualTo("run 3");
    assertThat(catalog.stock(7)).isEqualTo(4);
    assertThat(catalog.later(7).join().name()).isEqualTo("run 5");
    assertThat(catalog.reactive(7).map(Product::name).block()).isEqualTo("run 6");
    assertThat(catalog.laterStock(7).join()).isEqualTo(7);
    assertThat(catalog.noProduct("none")).isNull();
  }

  @Test
  void forgetsOneEntryLaterAndRefusesToForgetAll() {
    assertThat(catalog.rename(7, "kettle").name()).isEqualTo("kettle");
    catalog.forget(7);

    assertThatThrownBy(catalog::forgetAll).isInstanceOf(CacheException.class);
  }

  @Test
  void isDownIfASettingSaysSo() throws Exception {
    Actuator actuator = new Actuator(shop);

    await().untilAsserted(() -> assertThat(actuator.get("health/memcached")).startsWith("503 "));
    assertThat(actuator.get("health")).startsWith("503 ");
  }

  @Test
  void failsIfASettingSaysSo() {
    try (ConfigurableApplicationContext strict =
        Shop.start(server.address(), "memcached.on.failure=throw")) {
      Catalog failing = strict.getBean(Catalog.class);

      assertThatThrownBy(() -> failing.product(7)).isInstanceOf(CacheException.class);
      assertThatThrownBy(() -> failing.stock(7)).isInstanceOf(CacheException.class);
      assertThatThrownBy(() -> failing.later(7).join()).hasCauseInstanceOf(CacheException.class);
      assertThatThrownBy(() -> failing.laterStock(7).join())
          .hasCauseInstanceOf(CacheException.class);
      assertThatThrownBy(() -> failing.rename(7, "kettle")).isInstanceOf(CacheException.class);
    }
  }

  @Test
  void startsWithoutTheServer() {
    try (ConfigurableApplicationContext another = Shop.start(server.address())) {
      assertThat(another.getBean(Catalog.class).product(7).name()).isEqualTo("run 1");
    }
  }
}
