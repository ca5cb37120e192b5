package org.jcachememcached.benchmarks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Consumer;
import javax.cache.CacheManager;
import org.jcachememcached.MemcachedCachingProvider;
import org.jcachememcached.micrometer.MemcachedMetrics;
import org.jcachememcached.micrometer.MemcachedObservations;

/** The contenders. */
enum Side {
  PROVIDER {
    @Override
    Contender open(Servers servers) {
      return ours(servers, "bench", false);
    }
  },
  /** The provider with statistics, on the same entries. */
  STATISTICS {
    @Override
    Contender open(Servers servers) {
      return ours(servers, "bench", true);
    }
  },
  /** The provider, whose caches are cleared by a new generation. */
  GENERATION {
    @Override
    Contender open(Servers servers) {
      return ours(servers, "other?clear=generation", false);
    }
  },
  /** The provider with a near cache that has all entries after the first reads. */
  NEAR {
    @Override
    Contender open(Servers servers) {
      Properties settings = new Properties();
      settings.setProperty("memcached.cache.users.near.cache", "true");
      settings.setProperty("memcached.cache.users.near.ttl", "1h");
      return ours(servers, "bench", false, settings);
    }
  },
  /** The provider with its engine in memory, so that nothing but this JVM is measured. */
  LOCAL {
    @Override
    Contender open(Servers servers) {
      return inMemory("local", manager -> {});
    }
  },
  /** The same, with the timers of Micrometer. */
  TIMED {
    @Override
    Contender open(Servers servers) {
      return inMemory(
          "timed",
          manager ->
              new MemcachedMetrics(manager).withCallTimers().bindTo(new SimpleMeterRegistry()));
    }
  },
  /** The same, with observations whose handler does nothing. */
  TRACED {
    @Override
    Contender open(Servers servers) {
      ObservationRegistry registry = ObservationRegistry.create();
      registry.observationConfig().observationHandler(context -> true);
      return inMemory("traced", new MemcachedObservations(registry)::observe);
    }
  },
  RAW {
    @Override
    Contender open(Servers servers) {
      return new RawContender(servers.memcached());
    }
  },
  SOCKET {
    @Override
    Contender open(Servers servers) {
      return new SocketContender(servers.memcached());
    }
  },
  REDISSON {
    @Override
    Contender open(Servers servers) {
      String config = "singleServerConfig: {address: \"redis://" + servers.redis() + "\"}\n";
      return new JCacheContender(
          "org.redisson.jcache.JCachingProvider", inFile(config), new Properties(), false);
    }
  },
  CAFFEINE {
    @Override
    Contender open(Servers servers) {
      return new JCacheContender(
          "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider",
          null,
          new Properties(),
          false);
    }
  };

  /** Connects. */
  abstract Contender open(Servers servers);

  private static Contender ours(Servers servers, String application, boolean statistics) {
    return ours(servers, application, statistics, new Properties());
  }

  private static Contender ours(
      Servers servers, String application, boolean statistics, Properties settings) {
    return new JCacheContender(
        "org.jcachememcached.MemcachedCachingProvider",
        URI.create("memcached://" + servers.memcached() + "/" + application),
        settings,
        statistics);
  }

  private static Contender inMemory(String application, Consumer<CacheManager> observers) {
    return new JCacheContender(
        MemcachedCachingProvider.class.getName(),
        URI.create("memory:/" + application),
        new Properties(),
        false,
        observers);
  }

  private static URI inFile(String text) {
    try {
      Path file = Files.createTempFile("benchmarks", ".yaml");
      file.toFile().deleteOnExit();
      return Files.writeString(file, text).toUri();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
