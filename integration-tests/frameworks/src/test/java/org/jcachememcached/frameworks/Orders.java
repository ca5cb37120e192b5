package org.jcachememcached.frameworks;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.cache.CacheManager;
import org.hibernate.SessionFactory;
import org.hibernate.cache.jcache.internal.JCacheRegionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.stat.Statistics;
import org.jcachememcached.frameworks.hibernate.Customer;

/** The Hibernate application: its sessions, each of which has forgotten what the last one read. */
final class Orders implements AutoCloseable {

  private static final String URI_PROPERTY = "hibernate.javax.cache.uri";

  private final EntityManagerFactory factory;

  private Orders(Map<String, String> properties) {
    factory = Persistence.createEntityManagerFactory("orders", properties);
  }

  /** As {@code persistence.xml} says. */
  static Orders start() {
    return new Orders(Map.of());
  }

  /** As {@code persistence.xml} says, but with another config file. */
  static Orders start(String configFile) {
    return new Orders(Map.of(URI_PROPERTY, configFile));
  }

  void change(Consumer<EntityManager> change) {
    factory.runInTransaction(change);
  }

  <T> T read(Function<EntityManager, T> query) {
    return factory.callInTransaction(query);
  }

  /** The names of who lives in a city, by a query whose result is cached. */
  List<String> customersIn(String city) {
    return read(
        session ->
            session
                .createQuery("from Customer where city = :city order by number", Customer.class)
                .setParameter("city", city)
                .setHint("org.hibernate.cacheable", true)
                .setHint("org.hibernate.cacheRegion", "customers-by-city")
                .getResultList()
                .stream()
                .map(Customer::name)
                .toList());
  }

  jakarta.persistence.Cache secondLevelCache() {
    return factory.getCache();
  }

  Statistics statistics() {
    return factory.unwrap(SessionFactory.class).getStatistics();
  }

  CacheManager cacheManager() {
    JCacheRegionFactory regions =
        (JCacheRegionFactory)
            factory.unwrap(SessionFactoryImplementor.class).getCache().getRegionFactory();
    return regions.getCacheManager();
  }

  @Override
  public void close() {
    factory.close();
  }
}
