package org.jcachememcached.examples;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;

/** A service whose answers take time and are cached. Thread-safe. */
@Service
class SlowPrices {

  static final String CACHE = "demo-prices";

  private static final long MILLISECONDS_OF_A_QUERY = 200;

  private final AtomicInteger queries = new AtomicInteger();

  SlowPrices() {}

  @Cacheable(CACHE)
  public String price(String product) {
    return query(product);
  }

  @Cacheable(cacheNames = CACHE, sync = true)
  public String priceForMany(String product) {
    return query(product);
  }

  @Cacheable(CACHE)
  public CompletableFuture<String> laterPrice(String product) {
    return CompletableFuture.supplyAsync(() -> query(product));
  }

  @CacheEvict(CACHE)
  public void priceHasChanged(String product) {
    // The annotation does all there is to do.
  }

  private String query(String product) {
    queries.incrementAndGet();
    try {
      Thread.sleep(MILLISECONDS_OF_A_QUERY);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while asking for a price", e);
    }
    return product + " for " + product.length() + ".00";
  }

  /** How often the source was asked. */
  int queries() {
    return queries.get();
  }
}
