package org.jcachememcached.frameworks.spring;

import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;

/** What customers ask the shop. Thread-safe. */
@Service
public class Catalog {

  private final Warehouse warehouse;

  Catalog(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /** The product of that number. */
  @Cacheable("products")
  public Product product(int number) {
    return warehouse.product(number);
  }

  /** How many there are of a product; of many who ask at once, one goes and looks. */
  @Cacheable(cacheNames = "stock", sync = true)
  public int stock(int number) {
    return warehouse.stock(number);
  }

  /** Gives a product another name, and its cache entry up. */
  @CacheEvict(cacheNames = "products", key = "#number")
  public void rename(int number, String name) {
    warehouse.rename(number, name);
  }

  /** Gives the cache entries of all products up. */
  @CacheEvict(cacheNames = "products", allEntries = true)
  public void forgetProducts() {}
}
