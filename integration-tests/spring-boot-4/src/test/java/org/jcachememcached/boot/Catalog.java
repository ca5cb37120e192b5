package org.jcachememcached.boot;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Cached methods of each kind, which count their runs. Thread-safe. */
@Service
class Catalog {

  private final AtomicInteger runs = new AtomicInteger();

  Catalog() {}

  int runs() {
    return runs.get();
  }

  @Cacheable("products")
  public Product product(int number) {
    return new Product(number, "run " + runs.incrementAndGet());
  }

  @Cacheable("products")
  public @Nullable Product noProduct(String name) {
    runs.incrementAndGet();
    return null;
  }

  @Cacheable("products")
  public CompletableFuture<Product> later(int number) {
    return CompletableFuture.supplyAsync(() -> product(number));
  }

  @Cacheable("products")
  public Mono<Product> reactive(int number) {
    return Mono.fromCallable(() -> product(number));
  }

  @Cacheable(cacheNames = "stock", sync = true)
  public int stock(int number) {
    return runs.incrementAndGet();
  }

  /** Takes long enough for others to ask for the same. */
  @Cacheable(cacheNames = "stock", sync = true)
  public int slowStock(String number) throws InterruptedException {
    Thread.sleep(1000);
    return runs.incrementAndGet();
  }

  @Cacheable(cacheNames = "stock", sync = true)
  public CompletableFuture<Integer> laterStock(int number) {
    return CompletableFuture.supplyAsync(runs::incrementAndGet);
  }

  @CachePut(cacheNames = "products", key = "#number")
  public Product rename(int number, String name) {
    return new Product(number, name);
  }

  @CacheEvict("products")
  public void forget(int number) {}

  @CacheEvict(cacheNames = "products", allEntries = true)
  public void forgetAll() {}
}
