package org.jcachememcached.examples;

import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.jcachememcached.MemcachedConfiguration;

/** A cache that is declared in a file, {@code application.conf}, and in no line of Java. */
public final class ConfigFile {

  private static final String CAPITALS = "capitals";

  private ConfigFile() {}

  /** Finds the cache, uses it and shows what it is configured to; takes no arguments. */
  @SuppressWarnings("unchecked") // The class of a configuration does not know its types.
  public static void main(String[] arguments) {
    try (CachingProvider provider = Caching.getCachingProvider()) {
      CacheManager manager = provider.getCacheManager();
      System.out.println("Declared: " + String.join(", ", manager.getCacheNames()));

      Cache<String, String> capitals = manager.getCache(CAPITALS, String.class, String.class);
      capitals.put("Norway", "Oslo");
      System.out.println("The capital of Norway is " + capitals.get("Norway"));

      MemcachedConfiguration<String, String> configuration =
          capitals.getConfiguration(MemcachedConfiguration.class);
      System.out.println("As the file says: " + configuration.settings());
      manager.destroyCache(CAPITALS);
    }
  }
}
