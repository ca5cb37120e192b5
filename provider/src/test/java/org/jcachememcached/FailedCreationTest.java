package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jcachememcached.internal.config.source.SettingsReader;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.SharedStores;
import org.jcachememcached.internal.store.memory.MemoryStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A cache that cannot be created leaves nothing behind: neither what was made for it nor a lease.
 */
class FailedCreationTest {

  private static final URI MEMORY = URI.create("memory:failed");
  private static final ThreadLocal<List<String>> CLOSED = ThreadLocal.withInitial(ArrayList::new);

  private final List<String> callsOfStore = new ArrayList<>();
  private final MemcachedCacheManager manager = manager();

  private MemcachedCacheManager manager() {
    ClassLoader loader = getClass().getClassLoader();
    MemoryStore memory = new MemoryStore(InstantSource.system());
    Object store =
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {ItemStore.class},
            (proxy, method, arguments) -> {
              callsOfStore.add(method.getName());
              return method.invoke(memory, arguments);
            });
    return new MemcachedCacheManager(
        new MemcachedCachingProvider(),
        MEMORY,
        new WeakReference<>(loader),
        new Properties(),
        SettingsReader.read(MEMORY, new Properties(), Map.of(), loader),
        new SharedStores<>(connection -> (ItemStore) store));
  }

  @AfterEach
  void forget() {
    CLOSED.remove();
    manager.close();
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        failure("loader", c -> c.setCacheLoaderFactory(failing())),
        failure("writer", c -> c.setCacheWriterFactory(failing()), "loader"),
        failure("expiry", c -> c.setExpiryPolicyFactory(failing()), "writer", "loader"),
        failure("listener", c -> listen(c, failing(), null), "expiry", "writer", "loader"),
        failure(
            "filter",
            c -> listen(c, () -> new Listener("listener"), failing()),
            "listener",
            "expiry",
            "writer",
            "loader"));
  }

  private static Arguments failure(
      String what, Consumer<MutableConfiguration<String, String>> change, String... closed) {
    return Arguments.of(what, change, List.of(closed));
  }

  private static <T> Factory<T> failing() {
    return () -> {
      throw new LinkageError("scripted");
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void closesWhatWasMadeInReverseOrder(
      String unusedName,
      Consumer<MutableConfiguration<String, String>> change,
      List<String> closed) {
    MutableConfiguration<String, String> configuration = complete();
    change.accept(configuration);

    assertThatThrownBy(() -> manager.createCache("c", configuration)).hasMessage("scripted");

    assertThat(CLOSED.get()).isEqualTo(closed);
    assertThat(manager.getCacheNames()).isEmpty();
    manager.createCache("other", new MutableConfiguration<String, String>()).put("k", "v");
    manager.close();
    assertThat(callsOfStore).endsWith("close");
  }

  private static MutableConfiguration<String, String> complete() {
    return new MutableConfiguration<String, String>()
        .setCacheLoaderFactory(() -> new Loader("loader"))
        .setCacheWriterFactory(() -> new Writer("writer"))
        .setExpiryPolicyFactory(() -> new Policy("expiry"));
  }

  private static void listen(
      MutableConfiguration<String, String> configuration,
      Factory<Listener> listener,
      @Nullable Factory<CacheEntryEventFilter<String, String>> filter) {
    configuration.addCacheEntryListenerConfiguration(
        new MutableCacheEntryListenerConfiguration<>(listener, filter, false, true));
  }

  /** Notes that it is closed. */
  private abstract static class Part implements Closeable {

    private final String name;

    Part(String name) {
      this.name = name;
    }

    @Override
    public void close() {
      CLOSED.get().add(name);
    }
  }

  private static final class Loader extends Part implements CacheLoader<String, String> {

    Loader(String name) {
      super(name);
    }

    @Override
    public @Nullable String load(String key) {
      return null;
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
      return Map.of();
    }
  }

  private static final class Writer extends Part implements CacheWriter<String, String> {

    Writer(String name) {
      super(name);
    }

    @Override
    public void write(Cache.Entry<? extends String, ? extends String> entry) {}

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {}

    @Override
    public void delete(Object key) {}

    @Override
    public void deleteAll(Collection<?> keys) {}
  }

  private static final class Policy extends Part implements ExpiryPolicy {

    private final ExpiryPolicy eternal = new EternalExpiryPolicy();

    Policy(String name) {
      super(name);
    }

    @Override
    public Duration getExpiryForCreation() {
      return eternal.getExpiryForCreation();
    }

    @Override
    public @Nullable Duration getExpiryForAccess() {
      return null;
    }

    @Override
    public @Nullable Duration getExpiryForUpdate() {
      return null;
    }
  }

  private static final class Listener extends Part
      implements CacheEntryCreatedListener<String, String> {

    Listener(String name) {
      super(name);
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {}
  }
}
