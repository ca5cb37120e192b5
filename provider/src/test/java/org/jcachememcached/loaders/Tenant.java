package org.jcachememcached.loaders;

import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/** An application that has a class loader of its own, and uses classes of it in all places. */
public final class Tenant {

  /** The JDK remembers the last record class whose {@code equals} it has made: not this one. */
  record Id(String name, int number) implements Serializable {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Id that && name.equals(that.name) && number == that.number;
    }

    @Override
    public int hashCode() {
      return name.hashCode() + number;
    }
  }

  static final class Account implements Serializable {
    private static final long serialVersionUID = 1L;
    private final List<Id> ids;

    Account(Id... ids) {
      this.ids = new ArrayList<>(List.of(ids));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Account that && ids.equals(that.ids);
    }

    @Override
    public int hashCode() {
      return ids.hashCode();
    }
  }

  /** Loads what was not put. */
  public static final class Loader implements CacheLoader<Object, Object> {
    @Override
    public Object load(Object key) {
      return new Account();
    }

    @Override
    public Map<Object, Object> loadAll(Iterable<? extends Object> keys) {
      Map<Object, Object> all = new HashMap<>();
      keys.forEach(key -> all.put(key, load(key)));
      return all;
    }
  }

  /** Receives an event for what is put. */
  public static final class Listener
      implements CacheEntryCreatedListener<Object, Object>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends Object, ? extends Object>> events) {
      events.forEach(CacheEntryEvent::getValue);
    }
  }

  private Tenant() {}

  /** Uses a cache of a manager of this class's loader. */
  public static void use(CachingProvider provider, URI uri) throws Exception {
    use(provider.getCacheManager(uri, Tenant.class.getClassLoader()));
  }

  /** Uses a cache of a manager. */
  public static void use(CacheManager manager) throws Exception {
    Cache<Object, Object> cache =
        manager.createCache(
            "accounts",
            new MutableConfiguration<Object, Object>()
                .setStatisticsEnabled(true)
                .setManagementEnabled(true)
                .setReadThrough(true)
                .setCacheLoaderFactory(FactoryBuilder.factoryOf(Loader.class))
                .addCacheEntryListenerConfiguration(
                    new MutableCacheEntryListenerConfiguration<>(
                        FactoryBuilder.factoryOf(Listener.class), null, false, false)));
    use(cache);
    CompletionListenerFuture loads = new CompletionListenerFuture();
    cache.loadAll(Set.of("a", new Id("b", 2)), true, loads);
    loads.get();
  }

  private static void use(Cache<Object, Object> cache) {
    Account account = new Account(new Id("a", 1));
    List<Object> keys = List.of("k", new Id("a", 1), account, List.of(new Id("c", 3)));
    for (Object key : keys) {
      cache.put(key, new ArrayList<>(List.of(account)));
      require(cache.get(key).equals(List.of(account)));
    }
    cache.forEach(entry -> require(keys.contains(entry.getKey())));
    cache.invoke("k", (entry, arguments) -> entry.getValue());
  }

  private static void require(boolean fact) {
    if (!fact) {
      throw new AssertionError("the cache has lost an entry, or gained one");
    }
  }
}
