package org.jcachememcached.examples;

import java.util.HashMap;
import java.util.Map;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;

/** Stands for a database that takes its time. Thread-safe, as a loader has to be. */
final class PriceList implements CacheLoader<String, Price> {

  private static final long MILLIS_PER_QUERY = 200;

  @Override
  public Price load(String product) {
    try {
      Thread.sleep(MILLIS_PER_QUERY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CacheLoaderException("Interrupted while loading the price of " + product, e);
    }
    return new Price(product, 100 * product.length() + 99);
  }

  @Override
  public Map<String, Price> loadAll(Iterable<? extends String> products) {
    Map<String, Price> prices = new HashMap<>();
    products.forEach(product -> prices.put(product, load(product)));
    return prices;
  }
}
