package org.jcachememcached.guice;

import java.lang.management.ManagementFactory;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.management.JMException;
import javax.management.ObjectName;

/** What caches count, read as a monitoring system reads it. */
final class Statistics {

  private Statistics() {}

  static Configuration<Object, Object> configuration() {
    return new MutableConfiguration<>().setStatisticsEnabled(true);
  }

  static long misses(CacheManager manager, String cache) {
    return number(manager, cache, "CacheMisses");
  }

  static long hits(CacheManager manager, String cache) {
    return number(manager, cache, "CacheHits");
  }

  static long puts(CacheManager manager, String cache) {
    return number(manager, cache, "CachePuts");
  }

  private static long number(CacheManager manager, String cache, String attribute) {
    try {
      String uri = manager.getURI().toString().replaceAll("[:=,\n]", ".");
      ObjectName name =
          new ObjectName(
              "javax.cache:type=CacheStatistics,CacheManager=%s,Cache=%s".formatted(uri, cache));
      return (Long) ManagementFactory.getPlatformMBeanServer().getAttribute(name, attribute);
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }
}
