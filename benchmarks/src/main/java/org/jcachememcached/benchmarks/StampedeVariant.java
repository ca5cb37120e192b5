package org.jcachememcached.benchmarks;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoader;

/** How callers get a value that is loaded when it is missing. */
enum StampedeVariant {
  /** As applications do that know no loader: each caller who finds nothing loads and puts. */
  CACHE_ASIDE("get, load and put", "lease.loads=false") {
    @Override
    MutableConfiguration<String, String> configuration(CacheLoader<String, String> loader) {
      return expiring();
    }

    @Override
    String get(Cache<String, String> cache, CacheLoader<String, String> loader, String key) {
      String found = cache.get(key);
      if (found != null) {
        return found;
      }
      String loaded = loader.load(key);
      cache.put(key, loaded);
      return loaded;
    }
  },
  NO_LEASES("loader, without leases", "lease.loads=false"),
  LEASES("loader, with leases", "lease.loads=true"),
  REFRESH_AHEAD("refreshed ahead", "refresh.ahead=500ms"),
  NEAR("the same, near cache", "refresh.ahead=500ms&near.cache=true&near.ttl=200ms");

  private static final Duration LIFETIME = new Duration(TimeUnit.SECONDS, 1);

  private final String title;
  private final String settings;

  StampedeVariant(String title, String settings) {
    this.title = title;
    this.settings = settings;
  }

  String title() {
    return title;
  }

  /** The manager's URI, for a server at host:port. */
  URI uri(String server) {
    return URI.create("memcached://%s/stampede?%s".formatted(server, settings));
  }

  /** The cache, whose entries expire every second. */
  Cache<String, String> open(CacheManager manager, CacheLoader<String, String> loader) {
    return manager.createCache(name(), configuration(loader));
  }

  MutableConfiguration<String, String> configuration(CacheLoader<String, String> loader) {
    return expiring().setReadThrough(true).setCacheLoaderFactory(() -> loader);
  }

  private static MutableConfiguration<String, String> expiring() {
    return new MutableConfiguration<String, String>()
        .setTypes(String.class, String.class)
        .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(LIFETIME));
  }

  /** What a caller does. */
  String get(Cache<String, String> cache, CacheLoader<String, String> loader, String key) {
    return cache.get(key);
  }
}
