package org.jcachememcached.examples;

import static java.util.concurrent.TimeUnit.MINUTES;

import com.google.inject.Guice;
import com.google.inject.Inject;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.spi.CachingProvider;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jcachememcached.guice.CacheAnnotationsModule;
import org.jcachememcached.guice.MissingCaches;

/**
 * A Guice application whose slow service is cached by annotations: lookups, many callers at once, a
 * removal, and the statistics of the cache over JMX.
 */
public final class Annotations {

  private static final int CALLERS = 20;

  private final PriceService prices;

  @Inject
  Annotations(PriceService prices) {
    this.prices = prices;
  }

  /** Runs the application once; takes no arguments. */
  public static void main(String[] arguments) throws JMException {
    try (CachingProvider provider = Caching.getCachingProvider()) {
      CacheAnnotationsModule module =
          CacheAnnotationsModule.builder()
              .cachingProvider(provider)
              .missingCaches(MissingCaches.create(tenMinutes()))
              .build();
      Guice.createInjector(module).getInstance(Annotations.class).run();
      provider.getCacheManager().destroyCache(PriceService.CACHE);
    }
  }

  private static MutableConfiguration<Object, Object> tenMinutes() {
    return new MutableConfiguration<>()
        .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(new Duration(MINUTES, 10)))
        .setStatisticsEnabled(true);
  }

  private void run() throws JMException {
    say("First call", timedPrice("book"));
    say("Second call", timedPrice("book"));

    askAtOnce("lamp");
    say(
        "Stampede",
        CALLERS + " callers at once; the source was asked " + prices.queries() + " times in all");

    prices.priceHasChanged("book");
    say("Removal", timedPrice("book"));

    statistics();
  }

  private void askAtOnce(String product) {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      CompletableFuture<?>[] calls =
          Stream.generate(() -> CompletableFuture.supplyAsync(() -> prices.price(product), callers))
              .limit(CALLERS)
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(calls).join();
    } finally {
      callers.shutdown();
    }
  }

  private String timedPrice(String product) {
    long start = System.nanoTime();
    Price price = prices.price(product);
    return "%s, found in %.1f ms".formatted(price, (System.nanoTime() - start) / 1e6);
  }

  /** What a monitoring system sees. */
  private static void statistics() throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName pattern =
        new ObjectName("javax.cache:type=CacheStatistics,Cache=" + PriceService.CACHE + ",*");
    for (ObjectName name : server.queryNames(pattern, null)) {
      say("Statistics", name);
      for (String attribute : List.of("CacheHits", "CacheMisses", "CachePuts", "CacheRemovals")) {
        say("", attribute + " = " + server.getAttribute(name, attribute));
      }
    }
  }

  private static void say(String topic, Object line) {
    System.out.printf("%-13s %s%n", topic, line);
  }
}
