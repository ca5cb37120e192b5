package org.jcachememcached.examples;

import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;

/** A cache whose values become bytes by a codec of the application, the {@link PlaceCodec}. */
public final class OwnCodec {

  private static final String PLACES = "places";

  private OwnCodec() {}

  /** Stores a place and reads it back; takes no arguments. */
  public static void main(String[] arguments) {
    Properties settings = new Properties();
    settings.setProperty("memcached.cache." + PLACES + ".codec", PlaceCodec.class.getName());

    try (CachingProvider provider = Caching.getCachingProvider()) {
      CacheManager manager =
          provider.getCacheManager(
              provider.getDefaultURI(), OwnCodec.class.getClassLoader(), settings);
      Cache<String, Place> places =
          manager.createCache(
              PLACES,
              new MutableConfiguration<String, Place>().setTypes(String.class, Place.class));

      places.put("Oslo", new Place(59.91, 10.75));
      System.out.println("Oslo is at " + places.get("Oslo"));
      manager.destroyCache(PLACES);
    }
  }
}
