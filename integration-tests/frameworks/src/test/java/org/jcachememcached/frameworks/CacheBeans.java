package org.jcachememcached.frameworks;

import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What a cache has counted, as JMX shows it. Stateless. */
final class CacheBeans {

  private CacheBeans() {}

  /** An attribute such as {@code CacheHits} of the one cache of that name. */
  static long count(String cache, String attribute) {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    try {
      Set<ObjectName> names =
          beans.queryNames(
              new ObjectName("javax.cache:type=CacheStatistics,Cache=" + cache + ",*"), null);
      return (Long) beans.getAttribute(names.iterator().next(), attribute);
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }
}
