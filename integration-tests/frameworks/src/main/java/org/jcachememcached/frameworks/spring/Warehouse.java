package org.jcachememcached.frameworks.spring;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** Where the shop gets its answers when no cache has them; counts how often. Thread-safe. */
@Component
public class Warehouse {

  private final Map<Integer, String> names = new ConcurrentHashMap<>();
  private final AtomicInteger visits = new AtomicInteger();

  /** The product of that number, which is called by its number until it is renamed. */
  Product product(int number) {
    visits.incrementAndGet();
    return new Product(number, names.getOrDefault(number, "No. " + number));
  }

  /** How many there are of a product. */
  int stock(int number) {
    visits.incrementAndGet();
    return number * 10;
  }

  void rename(int number, String name) {
    names.put(number, name);
  }

  /** How often the warehouse was asked. */
  public int visits() {
    return visits.get();
  }
}
