package org.jcachememcached.frameworks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Properties;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;

/**
 * An application with a provider of its own, as in a JVM of its own: it shares nothing with the
 * others but the server. Thread-safe.
 */
final class FleetMember implements AutoCloseable {

  /** A manager lives no longer than its class loader. */
  private final URLClassLoader application;

  private final CachingProvider provider;
  private final Supplier<String> caller;

  private FleetMember(
      URLClassLoader application, CachingProvider provider, Supplier<String> caller) {
    this.application = application;
    this.provider = provider;
    this.caller = caller;
  }

  /** Starts an application that calls the method through a cache. */
  static FleetMember start(String uri, Framework framework, SlowMethod method) {
    URLClassLoader application = new URLClassLoader(new URL[0], FleetMember.class.getClassLoader());
    CachingProvider provider = Caching.getCachingProvider(application);
    Cache<Object, Object> cache =
        provider
            .getCacheManager(URI.create(uri), application, new Properties())
            .createCache("values", new MutableConfiguration<>());
    // So that the first call that counts finds an open connection.
    cache.get("other");
    return new FleetMember(application, provider, framework.caller(cache, method));
  }

  /** The value of the method. */
  String call() {
    return caller.get();
  }

  @Override
  public void close() {
    provider.close();
    try {
      application.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
