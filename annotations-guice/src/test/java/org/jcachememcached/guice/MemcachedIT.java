package org.jcachememcached.guice;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Annotated methods of several applications that share a memcached. */
@Timeout(120)
class MemcachedIT {

  private final MemcachedServer server = MemcachedServer.start();
  private final URI uri = URI.create("memcached://" + server.address() + "/orders?timeout=500ms");
  private Caching here;
  private Caching elsewhere;

  @BeforeEach
  void open() {
    here = Caching.at(uri);
    elsewhere = Caching.at(uri);
  }

  @AfterEach
  void close() {
    here.close();
    elsewhere.close();
    server.close();
  }

  @Test
  void sharesResultsAndRemovals() {
    Prices first = here.instance(Prices.class);
    Prices second = elsewhere.instance(Prices.class);
    UUID book = UUID.randomUUID();

    assertThat(first.price(book, List.of("new"))).isEqualTo(1);
    assertThat(second.price(book, List.of("new"))).isEqualTo(1);
    assertThat(second.queries).as("the first one's result was used").hasValue(0);

    second.changed(book, List.of("new"));
    first.price(book, List.of("new"));
    assertThat(first.queries).as("the removal was seen").hasValue(2);
  }

  @Test
  void asksForAMissingValueOnce() throws Exception {
    Prices prices = here.instance(Prices.class);
    UUID book = UUID.randomUUID();
    try (Crowd crowd = new Crowd()) {
      List<Future<Integer>> callers = crowd.start(64, () -> prices.price(book, List.of()));
      for (Future<Integer> caller : callers) {
        assertThat(Crowd.get(caller)).isEqualTo(1);
      }
    }
    assertThat(prices.queries).hasValue(1);
  }

  @Test
  void goesOnWithoutTheServer() {
    Injector injector = Guice.createInjector(here.module().build());
    Prices prices = injector.getInstance(Prices.class);
    UUID book = UUID.randomUUID();
    prices.price(book, List.of());
    server.stop();

    assertThat(prices.price(book, List.of())).isEqualTo(2);
    assertThat(prices.price(book, List.of())).isEqualTo(3);
  }

  @Singleton
  @CacheDefaults(cacheName = "prices")
  static class Prices {

    final AtomicInteger queries = new AtomicInteger();

    @CacheResult
    int price(UUID product, List<String> tags) {
      return queries.incrementAndGet();
    }

    @CacheRemove
    void changed(UUID product, List<String> tags) {}
  }
}
