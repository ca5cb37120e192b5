package org.jcachememcached.examples;

import com.google.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;

/** A service in front of a slow source, whose answers are cached by annotations. Thread-safe. */
@Singleton
@CacheDefaults(cacheName = PriceService.CACHE)
class PriceService {

  static final String CACHE = "annotated-prices";

  private final PriceList source = new PriceList();
  private final AtomicInteger queries = new AtomicInteger();

  @CacheResult
  Price price(String product) {
    queries.incrementAndGet();
    return source.load(product);
  }

  @CacheRemove
  void priceHasChanged(String product) {
    // The annotation does all there is to do.
  }

  /** How often the source was asked. */
  int queries() {
    return queries.get();
  }
}
