package org.jcachememcached;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.processor.MutableEntry;

/** How a caller asks for a value that is loaded, or computed, if it is missing. */
enum Way {
  GET,
  GET_ALL,
  GET_OR_COMPUTE,
  /** By a processor that sets the value if there is none. */
  INVOKE;

  /** Makes the value of a key. */
  @FunctionalInterface
  interface Load extends UnaryOperator<String>, CacheLoader<String, String> {

    @Override
    default String apply(String key) {
      return load(key);
    }

    @Override
    default Map<String, String> loadAll(Iterable<? extends String> keys) {
      String key = keys.iterator().next();
      return Map.of(key, load(key));
    }
  }

  /** The cache for this way; the entries are the same for all of them. */
  MemcachedCache<String, String> open(MemcachedCacheManager manager, Load load) {
    MutableConfiguration<String, String> configuration = new MutableConfiguration<>();
    if (this == GET || this == GET_ALL) {
      configuration.setReadThrough(true).setCacheLoaderFactory(() -> load);
    }
    return MemcachedCache.of(manager.createCache("shared", configuration));
  }

  /** The value of a key in a cache for this way. */
  String read(MemcachedCache<String, String> cache, String key, Load load) {
    return Objects.requireNonNull(
        switch (this) {
          case GET -> cache.get(key);
          case GET_ALL -> cache.getAll(Set.of(key)).get(key);
          case GET_OR_COMPUTE -> cache.getOrCompute(key, load);
          case INVOKE -> cache.invoke(key, (entry, arguments) -> computeIfAbsent(entry, load));
        });
  }

  private static String computeIfAbsent(MutableEntry<String, String> entry, Load load) {
    if (!entry.exists()) {
      entry.setValue(load.load(entry.getKey()));
    }
    return entry.getValue();
  }
}
