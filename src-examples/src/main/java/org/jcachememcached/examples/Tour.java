package org.jcachememcached.examples;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.processor.MutableEntry;
import javax.cache.spi.CachingProvider;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * A tour of what an application does with a cache: entries that expire, a loader in front of a slow
 * source, an update that is atomic however many callers there are, and statistics over JMX.
 *
 * <p>Nothing here names the provider: it is found on the class path, and the environment says where
 * its caches live.
 */
public final class Tour {

  private static final String CARTS = "tour-carts";
  private static final String PRICES = "tour-prices";
  private static final String VISITS = "tour-visits";

  private final CacheManager manager;

  private Tour(CacheManager manager) {
    this.manager = manager;
  }

  /** Runs the tour once; takes no arguments. */
  public static void main(String[] arguments) throws InterruptedException, JMException {
    try (CachingProvider provider = Caching.getCachingProvider()) {
      CacheManager manager = provider.getCacheManager();
      say("Provider", provider.getClass().getName());
      say("Engine", manager.getURI());
      new Tour(manager).run();
    }
  }

  private void run() throws InterruptedException, JMException {
    expiry();
    readThrough();
    atomicUpdates();
    statistics();
    // Closing a cache leaves its entries for others; destroying it takes them off the server.
    List.of(CARTS, PRICES, VISITS).forEach(manager::destroyCache);
  }

  /** An entry is gone when its time is over, to the millisecond. */
  private void expiry() throws InterruptedException {
    Cache<String, String> carts =
        manager.createCache(
            CARTS,
            new MutableConfiguration<String, String>()
                .setTypes(String.class, String.class)
                .setExpiryPolicyFactory(
                    CreatedExpiryPolicy.factoryOf(new Duration(MILLISECONDS, 300))));

    carts.put("alice", "three books");
    say("Expiry", "Alice's cart holds " + carts.get("alice"));
    Thread.sleep(320);
    say("", "320 ms later, with 300 ms to live, it holds " + carts.get("alice"));
  }

  /** The cache asks the slow source when it has to, and only then. */
  private void readThrough() {
    Cache<String, Price> prices =
        manager.createCache(
            PRICES,
            new MutableConfiguration<String, Price>()
                .setTypes(String.class, Price.class)
                .setReadThrough(true)
                .setCacheLoaderFactory(PriceList::new)
                .setStatisticsEnabled(true));

    for (String topic : List.of("Read-through", "", "")) {
      say(topic, timed(() -> prices.get("book")));
    }
  }

  /** An entry processor is never interrupted: no update is lost, in this JVM or between several. */
  private void atomicUpdates() {
    Cache<String, Integer> visits =
        manager.createCache(
            VISITS,
            new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));

    IntStream.range(0, 200).parallel().forEach(i -> visits.invoke("home", Tour::countOne));
    say("Processor", "200 concurrent visits were counted as " + visits.get("home"));
  }

  private static Integer countOne(MutableEntry<String, Integer> entry, Object... arguments) {
    int count = entry.exists() ? entry.getValue() + 1 : 1;
    entry.setValue(count);
    return count;
  }

  /** What a monitoring system sees. */
  private static void statistics() throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName pattern = new ObjectName("javax.cache:type=CacheStatistics,Cache=" + PRICES + ",*");
    for (ObjectName name : server.queryNames(pattern, null)) {
      say("Statistics", name);
      for (String attribute : List.of("CacheHits", "CacheMisses", "CacheHitPercentage")) {
        say("", attribute + " = " + server.getAttribute(name, attribute));
      }
    }
  }

  private static String timed(Supplier<Price> lookup) {
    long start = System.nanoTime();
    Price price = lookup.get();
    double millis = (System.nanoTime() - start) / 1e6;
    return "%s, found in %.1f ms".formatted(price, millis);
  }

  private static void say(String topic, Object line) {
    System.out.printf("%-13s %s%n", topic, line);
  }
}
