package org.jcachememcached.guice;

import com.google.inject.Binding;
import com.google.inject.Injector;
import com.google.inject.Key;
import java.net.URI;
import java.util.Properties;
import java.util.function.Function;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/**
 * Where the manager of the caches comes from: from the module's configuration, else from a binding,
 * else from the provider on the class path. Immutable.
 */
final class CacheManagers {

  private final Function<Injector, CacheManager> source;

  private CacheManagers(Function<Injector, CacheManager> source) {
    this.source = source;
  }

  CacheManager open(Injector injector) {
    return source.apply(injector);
  }

  private static <T> @Nullable T bound(Injector injector, Class<T> type) {
    Binding<T> binding = injector.getExistingBinding(Key.get(type));
    return binding == null ? null : binding.getProvider().get();
  }

  /** What the module's builder was given; null where it was given nothing. For one thread. */
  static final class Builder {

    @Nullable Function<Injector, CacheManager> manager;
    @Nullable Function<Injector, CachingProvider> provider;
    @Nullable Function<Injector, URI> uri;
    @Nullable Function<Injector, Properties> properties;
    @Nullable Function<Injector, ClassLoader> classLoader;

    CacheManagers build() {
      if (manager != null) {
        return new CacheManagers(manager);
      }
      Function<Injector, CacheManager> ofProvider = ofProvider();
      return new CacheManagers(isSilent() ? boundOr(ofProvider) : ofProvider);
    }

    private boolean isSilent() {
      return provider == null && uri == null && properties == null && classLoader == null;
    }

    private static Function<Injector, CacheManager> boundOr(
        Function<Injector, CacheManager> otherwise) {
      return injector -> {
        CacheManager bound = bound(injector, CacheManager.class);
        return bound != null ? bound : otherwise.apply(injector);
      };
    }

    private Function<Injector, CacheManager> ofProvider() {
      Function<Injector, CachingProvider> whose =
          provider != null ? provider : Builder::anyProvider;
      Function<Injector, @Nullable URI> where = orNull(uri);
      Function<Injector, @Nullable Properties> how = orNull(properties);
      Function<Injector, @Nullable ClassLoader> with = orNull(classLoader);
      // JCache takes null for "the provider's default".
      return injector ->
          whose
              .apply(injector)
              .getCacheManager(where.apply(injector), with.apply(injector), how.apply(injector));
    }

    private static CachingProvider anyProvider(Injector injector) {
      CachingProvider bound = bound(injector, CachingProvider.class);
      return bound != null ? bound : Caching.getCachingProvider();
    }

    private static <T> Function<Injector, @Nullable T> orNull(
        @Nullable Function<Injector, T> source) {
      return source == null ? injector -> null : source;
    }
  }
}
