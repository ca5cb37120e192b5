package org.jcachememcached.guice;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Annotated methods of several applications that share a memcached. */
@Timeout(300)
class MemcachedIT {

  private final MemcachedServer server = MemcachedServer.start();
  private final URI uri = URI.create("memcached://" + server.address() + "/orders?timeout=10s");
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
  void runsTheMethodOnceForAllApplications() throws Exception {
    List<Slow> applications = List.of(here.instance(Slow.class), elsewhere.instance(Slow.class));
    try (Crowd crowd = new Crowd()) {
      List<Future<Integer>> callers = new ArrayList<>();
      for (Slow application : applications) {
        application.price("opens the cache");
        application.queries.set(0);
        application.meanwhile = () -> Crowd.pause(200);
        callers.addAll(crowd.start(32, () -> application.price("book")));
      }
      for (Future<Integer> caller : callers) {
        assertThat(Crowd.get(caller)).isEqualTo(1);
      }
    }
    assertThat(applications.stream().mapToInt(application -> application.queries.get()).sum())
        .isEqualTo(1);
  }

  @Test
  void doesNotStoreOverWhatAnotherApplicationPutMeanwhile() {
    Slow first = here.instance(Slow.class);
    Slow second = elsewhere.instance(Slow.class);
    first.meanwhile = () -> second.changed("book", 7);

    assertThat(first.price("book")).as("what the method returned").isEqualTo(1);
    assertThat(first.price("book")).isEqualTo(7);
  }

  @Test
  void takesOneCommandForAHit() {
    Prices prices = here.instance(Prices.class);
    UUID book = UUID.randomUUID();
    prices.price(book, List.of());
    long before = commands();
    prices.price(book, List.of());

    assertThat(commands() - before).isEqualTo(1);
  }

  private long commands() {
    return Stream.of("cmd_get", "cmd_set", "cmd_touch", "delete_hits", "delete_misses")
        .mapToLong(command -> Long.parseLong(server.stats().get(command)))
        .sum();
  }

  @Test
  void runsTheMethodOnceForAllWhenTheServerIsGone() throws Exception {
    Slow slow = here.instance(Slow.class);
    slow.price("opens the cache");
    server.stop();
    CountDownLatch goOn = new CountDownLatch(1);
    slow.meanwhile = () -> Crowd.await(goOn);
    try (Crowd crowd = new Crowd()) {
      List<Future<Integer>> callers = crowd.start(8, () -> slow.price("book"));
      crowd.awaitWaiting(7, Computations.class);
      goOn.countDown();
      for (Future<Integer> caller : callers) {
        assertThat(Crowd.get(caller)).isEqualTo(2);
      }
    }
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
  @CacheDefaults(cacheName = "slow")
  static class Slow {

    final AtomicInteger queries = new AtomicInteger();
    volatile Runnable meanwhile = () -> {};

    @CacheResult
    int price(String product) {
      int price = queries.incrementAndGet();
      meanwhile.run();
      return price;
    }

    @CachePut
    void changed(String product, @CacheValue int price) {}
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
