package org.jcachememcached.examples;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.MemcachedCacheManager;
import org.jcachememcached.MemcachedConfiguration;
import org.jcachememcached.api.AsyncCache;
import org.jcachememcached.api.EntryOptions;
import org.jcachememcached.api.NodeMXBean;
import org.jcachememcached.api.Versioned;

/** What the caches of this provider have beyond JCache. */
public final class Extras {

  private static final String PAGES = "extras-pages";
  private static final String HITS = "extras-hits";
  private static final String NOTES = "extras-notes";

  private final MemcachedCacheManager manager;
  private final MemcachedCache<String, String> pages;

  private Extras(MemcachedCacheManager manager) {
    this.manager = manager;
    this.pages =
        MemcachedCache.of(
            manager.createCache(
                PAGES,
                new MutableConfiguration<String, String>()
                    .setTypes(String.class, String.class)
                    .setStatisticsEnabled(true)));
  }

  /** Shows everything once; takes no arguments. */
  public static void main(String[] arguments) throws InterruptedException {
    try (CachingProvider provider = Caching.getCachingProvider()) {
      CacheManager manager = provider.getCacheManager();
      new Extras(manager.unwrap(MemcachedCacheManager.class)).run();
    }
  }

  private void run() throws InterruptedException {
    computing();
    lifetimes();
    versions();
    counters();
    appending();
    tags();
    keys();
    withoutWaiting();
    statistics();
    List.of(PAGES, HITS, NOTES).forEach(manager::destroyCache);
  }

  private void computing() {
    String first = pages.getOrCompute("start", key -> "computed for " + key);
    String second = pages.getOrCompute("start", key -> "not computed again");
    say("Computing", "'" + first + "', then '" + second + "'");
  }

  private void lifetimes() throws InterruptedException {
    pages.put("code", "4711", EntryOptions.expireAfter(Duration.ofMillis(200)));
    pages.put("session", "anna", EntryOptions.expireAfter(Duration.ofMillis(200)));
    boolean extended = pages.touch("session", Duration.ofHours(1));
    Thread.sleep(300);
    say("Lifetimes", "the code is " + pages.getOrDefault("code", "gone"));
    say("Lifetimes", "the session was extended: " + extended + ", it is " + pages.get("session"));
  }

  private void versions() {
    pages.put("article", "draft");
    Versioned<String> seen = pages.getVersioned("article");
    if (seen != null) {
      pages.put("article", "changed by another editor");
      boolean saved = pages.replace("article", "my text", seen.version());
      say("Versions", "saved on the version that was read: " + saved);
    }
  }

  private void counters() {
    MemcachedCache<String, Long> hits =
        MemcachedCache.of(
            manager.createCache(
                HITS, new MutableConfiguration<String, Long>().setTypes(String.class, Long.class)));
    long created = hits.increment("start", 1, 1);
    long counted = hits.increment("start", 5, 1);
    hits.decrement("start", 100);
    say("Counters", created + ", " + counted + ", and never below " + hits.get("start"));
  }

  private void appending() {
    MemcachedCache<String, String> notes =
        MemcachedCache.of(
            manager.createCache(
                NOTES,
                new MemcachedConfiguration<String, String>()
                    .setTypes(String.class, String.class)
                    .setCodec("string")));
    notes.put("log", "one");
    notes.append("log", ", two");
    notes.prepend("log", "zero, ");
    say("Appending", notes.getOrThrow("log"));
  }

  private void tags() {
    EntryOptions ofAnna = EntryOptions.tagged("user anna");
    pages.putAll(Map.of("profile", "Anna", "orders", "3"), ofAnna);
    pages.put("imprint", "for all");
    manager.invalidateTag("user anna");
    say("Tags", "left: " + pages.getAll(Set.of("profile", "orders", "imprint")).keySet());
  }

  private void keys() {
    int listed = 0;
    for (String key : pages.keys()) {
      listed += key.isEmpty() ? 0 : 1;
    }
    say("Keys", listed + " listed, about " + pages.approximateSize() + " entries");
  }

  private void withoutWaiting() {
    AsyncCache<String, String> async = pages.async();
    CompletableFuture<?>[] puts =
        IntStream.range(0, 1_000)
            .mapToObj(i -> async.put("async" + i, "value " + i).toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(puts)
        .thenCompose(done -> async.get("async999"))
        .thenAccept(value -> say("Without waiting", "1,000 puts, the last one is '" + value + "'"))
        .join();
  }

  private void statistics() {
    say("Statistics", Math.round(pages.statistics().getCacheHitPercentage()) + " % hits");
    for (NodeMXBean node : manager.nodes()) {
      say("Servers", node.getServer() + " is " + node.getState());
    }
  }

  private static void say(String subject, Object text) {
    System.out.printf("%-16s %s%n", subject + ":", text);
  }
}
