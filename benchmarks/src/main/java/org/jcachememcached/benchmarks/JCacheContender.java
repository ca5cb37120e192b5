package org.jcachememcached.benchmarks;

import java.net.URI;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.processor.EntryProcessor;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/** A JCache provider, with its own defaults. Thread-safe. */
final class JCacheContender implements Contender {

  private static final EntryProcessor<String, Integer, Integer> INCREMENT =
      (entry, arguments) -> {
        int next = entry.getValue() + 1;
        entry.setValue(next);
        return next;
      };

  private final CachingProvider provider;
  private final Cache<String, String> users;
  private final Cache<String, String> visited;
  private final Cache<String, Integer> counters;

  /**
   * @param provider the name of the class of the provider
   * @param uri of the manager; null for the provider's default
   * @param settings the properties of the manager
   * @param statistics whether caches have statistics
   */
  JCacheContender(String provider, @Nullable URI uri, Properties settings, boolean statistics) {
    this(provider, uri, settings, statistics, manager -> {});
  }

  /**
   * @param provider the name of the class of the provider
   * @param uri of the manager; null for the provider's default
   * @param settings the properties of the manager
   * @param statistics whether caches have statistics
   * @param observers adds those who observe the calls
   */
  JCacheContender(
      String provider,
      @Nullable URI uri,
      Properties settings,
      boolean statistics,
      Consumer<CacheManager> observers) {
    this.provider = Caching.getCachingProvider(provider, new OwnProviders());
    CacheManager manager = this.provider.getCacheManager(uri, null, settings);
    observers.accept(manager);
    MutableConfiguration<String, String> texts =
        new MutableConfiguration<String, String>()
            .setTypes(String.class, String.class)
            .setStatisticsEnabled(statistics);
    users = manager.createCache("users", texts);
    visited =
        manager.createCache(
            "visit",
            new MutableConfiguration<>(texts)
                .setExpiryPolicyFactory(
                    AccessedExpiryPolicy.factoryOf(new Duration(TimeUnit.SECONDS, VISIT_SECONDS))));
    counters =
        manager.createCache(
            "count",
            new MutableConfiguration<String, Integer>()
                .setTypes(String.class, Integer.class)
                .setStatisticsEnabled(statistics));
  }

  /** A class loader of its own gives each contender a provider of its own. Thread-safe. */
  private static final class OwnProviders extends ClassLoader {
    OwnProviders() {
      super(JCacheContender.class.getClassLoader());
    }
  }

  @Override
  public @Nullable String get(String key) {
    return users.get(key);
  }

  @Override
  public @Nullable String visit(String key) {
    return visited.get(key);
  }

  @Override
  public void prepareVisits(String key, String value) {
    visited.put(key, value);
  }

  @Override
  public void put(String key, String value) {
    users.put(key, value);
  }

  @Override
  public Map<String, String> getAll(Set<String> keys) {
    return users.getAll(keys);
  }

  @Override
  public void putAll(Map<String, String> entries) {
    users.putAll(entries);
  }

  @Override
  public int increment(String counter) {
    return counters.invoke(counter, INCREMENT);
  }

  @Override
  public long iterate() {
    long characters = 0;
    for (Cache.Entry<String, String> entry : users) {
      characters += entry.getValue().length();
    }
    return characters;
  }

  @Override
  public void reset(String counter) {
    counters.put(counter, 0);
  }

  @Override
  public void close() {
    provider.close();
  }
}
