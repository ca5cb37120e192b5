package org.jcachememcached.micrometer;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.processor.EntryProcessorException;
import org.jcachememcached.MemcachedCachingProvider;
import org.jcachememcached.MemcachedConfiguration;
import org.jcachememcached.api.FailurePolicy;

/**
 * A small application with caches that are used all the time, whose meters Prometheus scrapes as
 * README.md of {@code docs/operations} says. Thread-safe.
 */
final class LoadedShop implements AutoCloseable {

  private static final int KEYS = 50;

  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ScheduledExecutorService customers = Executors.newScheduledThreadPool(2);
  private final HttpServer http;
  private final Cache<String, String> products;
  private final Cache<String, String> baskets;
  private int turn;

  /**
   * @param servers of memcached
   */
  LoadedShop(String servers) throws IOException {
    Properties settings = new Properties();
    settings.setProperty("memcached.cache.products.near.cache", "true");
    URI uri = URI.create("memcached://" + servers.replace(',', '+') + "/shop");
    CacheManager manager = provider.getCacheManager(uri, null, settings);
    new MemcachedMetrics(manager).withCallTimers().bindTo(registry);
    products = manager.createCache("products", counting());
    baskets = manager.createCache("baskets", counting());
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/metrics",
        exchange -> {
          byte[] body = registry.scrape().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    http.start();
    Future<?> unused = customers.scheduleWithFixedDelay(this::shop, 0, 5, TimeUnit.MILLISECONDS);
  }

  private static MemcachedConfiguration<String, String> counting() {
    return new MemcachedConfiguration<String, String>()
        .setStatisticsEnabled(true)
        .setOnFailure(FailurePolicy.DEGRADE);
  }

  /** Where the meters are, host and port. */
  String address() {
    return "127.0.0.1:" + http.getAddress().getPort();
  }

  private void shop() {
    String key = "key" + turn++ % KEYS;
    try {
      if (products.get(key) == null) {
        products.put(key, "a product");
      }
      baskets.put(key, "a basket");
      baskets.get(key);
      if (turn % 3 == 0) {
        baskets.remove(key);
      }
      baskets.invoke(
          key,
          (entry, arguments) -> {
            throw new EntryProcessorException("The basket is empty");
          });
    } catch (CacheException expected) {
      // Counted as an error.
    }
  }

  @Override
  public void close() {
    customers.shutdown();
    try {
      customers.awaitTermination(Duration.ofSeconds(10).toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.stop(0);
    provider.close();
  }
}
