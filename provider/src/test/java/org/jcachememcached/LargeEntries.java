package org.jcachememcached;

import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;

/**
 * A JVM with a small heap that works on a cache of large entries, many times its heap. Its
 * arguments are the URI, what to do, and how large the entries are: {@code 400*900000} is 400 of
 * 900,000 bytes, {@code 400*900000+2000*10} is such and small ones mixed. It prints how many
 * entries it came upon, then its threads, and goes on until it is terminated.
 */
final class LargeEntries {

  private final int[] sizes;

  LargeEntries(String description) {
    this.sizes = sizes(description);
  }

  public static void main(String... arguments) throws InterruptedException {
    try (MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      LargeEntries entries = new LargeEntries(arguments[2]);
      System.out.println(entries.run(arguments[1], manager(provider, arguments[0])));
      System.out.println(
          Thread.getAllStackTraces().keySet().stream()
              .map(Thread::getName)
              .collect(Collectors.joining("|")));
      TimeUnit.MINUTES.sleep(2);
    }
  }

  private static CacheManager manager(MemcachedCachingProvider provider, String uri) {
    return provider.getCacheManager(URI.create(uri), null);
  }

  /** Does it with a provider of its own, in this JVM. */
  int run(String what, String uri) {
    try (MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      return run(what, manager(provider, uri));
    }
  }

  private static int[] sizes(String description) {
    IntStream all = IntStream.empty();
    for (String kind : description.split("\\+", -1)) {
      List<Integer> numbers = Stream.of(kind.split("\\*", -1)).map(Integer::valueOf).toList();
      all = IntStream.concat(all, IntStream.generate(() -> numbers.get(1)).limit(numbers.get(0)));
    }
    return all.toArray();
  }

  private int run(String what, CacheManager manager) {
    return switch (what) {
      case "fill" -> fill(plain(manager));
      case "iterate" -> iterate(plain(manager));
      case "getInParts" -> getInParts(plain(manager));
      case "removeAll" -> removeAll(expiring(manager));
      case "clear" -> clear(plain(manager));
      case "invokeAll" -> invokeAll(plain(manager));
      case "loadAll" -> loadAll(loading(manager));
      default -> throw new IllegalArgumentException(what);
    };
  }

  private static Cache<Integer, byte[]> plain(CacheManager manager) {
    return manager.createCache("large", new MutableConfiguration<Integer, byte[]>());
  }

  private static Cache<Integer, byte[]> expiring(CacheManager manager) {
    return manager.createCache(
        "large",
        new MutableConfiguration<Integer, byte[]>()
            .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR)));
  }

  private Cache<Integer, byte[]> loading(CacheManager manager) {
    return manager.createCache(
        "large",
        new MutableConfiguration<Integer, byte[]>()
            .setReadThrough(true)
            .setCacheLoaderFactory(new FactoryBuilder.SingletonFactory<>(new Loader())));
  }

  private Set<Integer> keys() {
    return IntStream.range(0, sizes.length).boxed().collect(Collectors.toSet());
  }

  private int fill(Cache<Integer, byte[]> cache) {
    cache.putAll(
        keys().stream().collect(Collectors.toMap(key -> key, key -> new byte[sizes[key]])));
    return (int) keys().stream().filter(cache::containsKey).count();
  }

  private int iterate(Cache<Integer, byte[]> cache) {
    Set<Integer> seen = new HashSet<>();
    for (Cache.Entry<Integer, byte[]> entry : cache) {
      if (entry.getValue().length == sizes[entry.getKey()]) {
        seen.add(entry.getKey());
      }
    }
    return seen.size();
  }

  /** Twenty keys at a time, so that the results have room. */
  private int getInParts(Cache<Integer, byte[]> cache) {
    int found = 0;
    for (int from = 0; from < sizes.length; from += 20) {
      Set<Integer> some =
          IntStream.range(from, Math.min(from + 20, sizes.length))
              .boxed()
              .collect(Collectors.toSet());
      found += cache.getAll(some).size();
    }
    return found;
  }

  private int removeAll(Cache<Integer, byte[]> cache) {
    cache.removeAll();
    return left(cache);
  }

  private int clear(Cache<Integer, byte[]> cache) {
    cache.clear();
    return left(cache);
  }

  private static int left(Cache<Integer, byte[]> cache) {
    int left = 0;
    for (Cache.Entry<Integer, byte[]> entry : cache) {
      left += entry.getKey() < 0 ? 0 : 1;
    }
    return left;
  }

  private int invokeAll(Cache<Integer, byte[]> cache) {
    Map<Integer, Object> results = new HashMap<>();
    cache
        .invokeAll(
            keys(),
            (entry, unused) -> {
              byte[] value = entry.getValue();
              entry.setValue(new byte[value == null ? sizes[entry.getKey()] : value.length]);
              return "done";
            })
        .forEach((key, result) -> results.put(key, result.get()));
    return results.size();
  }

  private int loadAll(Cache<Integer, byte[]> cache) {
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(keys(), true, done);
    try {
      done.get(1, TimeUnit.MINUTES);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the load has failed", e);
    }
    return iterate(cache);
  }

  private final class Loader implements CacheLoader<Integer, byte[]> {

    @Override
    public byte[] load(Integer key) {
      return new byte[sizes[key]];
    }

    @Override
    public Map<Integer, byte[]> loadAll(Iterable<? extends Integer> keys) {
      Map<Integer, byte[]> loaded = new HashMap<>();
      keys.forEach(key -> loaded.put(key, load(key)));
      return loaded;
    }
  }
}
