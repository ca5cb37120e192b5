package shop;

import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.net.URI;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import javax.management.ObjectName;
import org.jcachememcached.MemcachedConfiguration;

/** An application that is a module; the argument is the URI of its cache manager. */
public final class Shop {

  private record Order(int id, String customer) implements Serializable {}

  private Shop() {}

  public static void main(String[] arguments) throws Exception {
    try (CachingProvider provider = Caching.getCachingProvider()) {
      CacheManager manager =
          provider.getCacheManager(URI.create(arguments[0]), Shop.class.getClassLoader());
      Cache<String, Order> orders =
          manager.createCache(
              "orders",
              new MemcachedConfiguration<String, Order>()
                  .setTypes(String.class, Order.class)
                  .setStatisticsEnabled(true));
      orders.put("a", new Order(1, "Ann"));
      orders.invoke(
          "a",
          (entry, values) -> {
            entry.setValue(new Order(entry.getValue().id() + 1, "Bob"));
            return null;
          });
      System.out.println("provider: " + provider.getClass().getModule());
      System.out.println("value: " + orders.get("a"));
      System.out.println("hits: " + attribute("javax.cache:type=CacheStatistics,*", "CacheHits"));
      System.out.println(
          "node: " + attribute("org.jcachememcached:type=Node,*", "State"));
    }
  }

  private static Object attribute(String pattern, String name) throws Exception {
    var server = ManagementFactory.getPlatformMBeanServer();
    var names = server.queryNames(new ObjectName(pattern), null);
    // The MBeans of nodes are registered a little later than the MBean server is created.
    for (int i = 0; names.isEmpty() && i < 500; i++) {
      Thread.sleep(10);
      names = server.queryNames(new ObjectName(pattern), null);
    }
    return names.isEmpty() ? "none" : server.getAttribute(names.iterator().next(), name);
  }
}
