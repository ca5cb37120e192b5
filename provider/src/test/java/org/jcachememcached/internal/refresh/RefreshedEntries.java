package org.jcachememcached.internal.refresh;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.jcachememcached.testing.Patience.await;

import java.time.Duration;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.MemcachedConfiguration;
import org.jcachememcached.TestCaches;
import org.jcachememcached.testing.RecordingListener;
import org.jcachememcached.testing.RecordingLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Caches whose entries live for {@link #LIFETIME}, are refreshed {@link #AHEAD} of their end and
 * served for {@link #STALE} after it. What is done in the background is done when a test says so.
 * Not thread-safe.
 */
abstract class RefreshedEntries {

  static final Duration LIFETIME = Duration.ofSeconds(10);
  static final Duration AHEAD = Duration.ofSeconds(2);
  static final Duration STALE = Duration.ofSeconds(5);
  static final Duration TICK = Duration.ofMillis(1);

  private final Deque<Runnable> background = new ConcurrentLinkedDeque<>();

  final TestCaches caches = new TestCaches("memory:test", background::add);
  final RecordingListener listener = new RecordingListener();
  final RecordingLoader loader = new RecordingLoader(key -> load());

  /** What the loader finds; null for nothing. */
  @Nullable String source = "old";

  /** Runs after the loader has found that, once. */
  Runnable whileLoading = () -> {};

  private @Nullable String load() {
    String found = source;
    Runnable work = whileLoading;
    whileLoading = () -> {};
    work.run();
    return found;
  }

  @AfterEach
  void close() {
    runBackground();
    caches.close();
  }

  /** A call that gets the value of "k" and may load it. */
  interface Read {
    @Nullable String from(MemcachedCache<String, String> cache, RecordingLoader loader);
  }

  static Stream<Arguments> reads() {
    return Stream.of(
        read("get", (cache, loader) -> cache.get("k")),
        read("getAll", (cache, loader) -> cache.getAll(Set.of("k")).get("k")),
        read("getOrCompute", (cache, loader) -> cache.getOrCompute("k", loader::load)));
  }

  private static Arguments read(String name, Read read) {
    return Arguments.argumentSet(name, read);
  }

  MemcachedCache<String, String> open() {
    return open(configuration());
  }

  @SuppressWarnings("unchecked")
  MemcachedCache<String, String> open(MutableConfiguration<String, String> configuration) {
    return caches.open(configuration).unwrap(MemcachedCache.class);
  }

  /** The same cache in another JVM. */
  @SuppressWarnings("unchecked")
  MemcachedCache<String, String> openRival() {
    return caches.openRival(configuration()).unwrap(MemcachedCache.class);
  }

  MemcachedConfiguration<String, String> configuration() {
    MemcachedConfiguration<String, String> configuration =
        new MemcachedConfiguration<String, String>()
            .set("refresh.ahead", AHEAD.toString())
            .set("stale.for", STALE.toString());
    configuration
        .setExpiryPolicyFactory(expiry(LIFETIME))
        .setCacheLoaderFactory(new SingletonFactory<>(loader))
        .setReadThrough(true);
    return configuration;
  }

  static Factory<ExpiryPolicy> expiry(Duration lifetime) {
    return CreatedExpiryPolicy.factoryOf(
        new javax.cache.expiry.Duration(MILLISECONDS, lifetime.toMillis()));
  }

  MemcachedConfiguration<String, String> observed() {
    MemcachedConfiguration<String, String> configuration = configuration();
    configuration.addCacheEntryListenerConfiguration(listener.synchronous());
    return configuration;
  }

  MemcachedConfiguration<String, String> counted() {
    MemcachedConfiguration<String, String> configuration = configuration();
    configuration.setStatisticsEnabled(true);
    return configuration;
  }

  void pass(Duration time) {
    caches.clock().advance(time);
  }

  /** Does what was begun in the background. */
  void runBackground() {
    for (int left = background.size(); left > 0; left--) {
      background.remove().run();
    }
  }

  /** Makes a call that may itself be carried out in the background. */
  void run(Runnable call) {
    CompletableFuture<Void> done = CompletableFuture.runAsync(call);
    await()
        .until(
            () -> {
              runBackground();
              return done.isDone();
            });
    done.join();
  }

  /** Whether something was begun in the background. */
  boolean hasBegun() {
    return !background.isEmpty();
  }
}
