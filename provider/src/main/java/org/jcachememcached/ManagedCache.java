package org.jcachememcached;

import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jcachememcached.api.AsyncCache;
import org.jcachememcached.api.EntryOptions;
import org.jcachememcached.api.EntryVersion;
import org.jcachememcached.api.MemcachedStatisticsMXBean;
import org.jcachememcached.api.NodeMXBean;
import org.jcachememcached.api.Versioned;
import org.jcachememcached.internal.cache.CacheCore;
import org.jcachememcached.internal.cache.CacheOperations;
import org.jcachememcached.internal.engine.Operation;
import org.jcachememcached.internal.jcache.Unwrap;
import org.jcachememcached.internal.operation.InvokeForResult;
import org.jcachememcached.internal.store.Command.Append.Side;
import org.jcachememcached.internal.store.Command.Count.Direction;
import org.jspecify.annotations.Nullable;

/** The blocking view of a cache, which belongs to its manager. Thread-safe. */
final class ManagedCache<K, V> implements MemcachedCache<K, V> {

  private final String name;
  private final MemcachedCacheManager manager;
  private final CacheCore<K, V> core;
  private final CacheOperations<K, V> operations;

  ManagedCache(String name, MemcachedCacheManager manager, CacheCore<K, V> core) {
    this.name = name;
    this.manager = manager;
    this.core = core;
    this.operations = core.operations();
    core.belongTo(this);
  }

  CacheCore<K, V> core() {
    return core;
  }

  @Override
  public @Nullable V get(K key) {
    return execute("get", operations.get(key));
  }

  @Override
  public Map<K, V> getAll(Set<? extends K> keys) {
    List<K> wanted = operations.keys(keys);
    return core.calls().call("getAll", () -> core.bulkLoader().getAll(wanted));
  }

  @Override
  public boolean containsKey(K key) {
    return execute("containsKey", operations.containsKey(key));
  }

  @Override
  public void loadAll(
      Set<? extends K> keys,
      boolean replaceExistingValues,
      @Nullable CompletionListener completionListener) {
    Set<K> wanted = new HashSet<>(operations.keys(keys));
    core.loads().start(wanted, replaceExistingValues, completionListener);
  }

  @Override
  public void put(K key, V value) {
    execute("put", operations.put(key, value));
  }

  @Override
  public @Nullable V getAndPut(K key, V value) {
    return execute("getAndPut", operations.getAndPut(key, value));
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> map) {
    executeAll("putAll", operations.putAll(map));
  }

  @Override
  public boolean putIfAbsent(K key, V value) {
    return execute("putIfAbsent", operations.putIfAbsent(key, value));
  }

  @Override
  public boolean remove(K key) {
    return execute("remove", operations.remove(key));
  }

  @Override
  public boolean remove(K key, V oldValue) {
    return execute("remove", operations.remove(key, oldValue));
  }

  @Override
  public @Nullable V getAndRemove(K key) {
    return execute("getAndRemove", operations.getAndRemove(key));
  }

  @Override
  public boolean replace(K key, V oldValue, V newValue) {
    return execute("replace", operations.replace(key, oldValue, newValue));
  }

  @Override
  public boolean replace(K key, V value) {
    return execute("replace", operations.replace(key, value));
  }

  @Override
  public @Nullable V getAndReplace(K key, V value) {
    return execute("getAndReplace", operations.getAndReplace(key, value));
  }

  @Override
  public void removeAll(Set<? extends K> keys) {
    executeAll("removeAll", operations.removeAll(keys));
  }

  @Override
  public V getOrDefault(K key, V defaultValue) {
    V value = get(key);
    return value == null ? defaultValue : value;
  }

  @Override
  public V getOrThrow(K key) {
    return operations.required(key, get(key));
  }

  @Override
  public @Nullable V getOrCompute(K key, Function<? super K, ? extends @Nullable V> function) {
    return getOrCompute(key, function, EntryOptions.none());
  }

  @Override
  public @Nullable V getOrCompute(
      K key, Function<? super K, ? extends @Nullable V> function, EntryOptions options) {
    return execute("getOrCompute", operations.getOrCompute(key, function, options));
  }

  @Override
  public @Nullable Versioned<V> getVersioned(K key) {
    return execute("getVersioned", operations.getVersioned(key));
  }

  @Override
  public void put(K key, V value, EntryOptions options) {
    execute("put", operations.put(key, value, options));
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> map, EntryOptions options) {
    executeAll("putAll", operations.putAll(map, options));
  }

  @Override
  public boolean putIfAbsent(K key, V value, EntryOptions options) {
    return execute("putIfAbsent", operations.putIfAbsent(key, value, options));
  }

  @Override
  public boolean replace(K key, V value, EntryOptions options) {
    return execute("replace", operations.replace(key, value, options));
  }

  @Override
  public boolean replace(K key, V value, EntryVersion version) {
    return execute("replace", operations.replace(key, value, version));
  }

  @Override
  public boolean remove(K key, EntryVersion version) {
    return execute("remove", operations.remove(key, version));
  }

  @Override
  public OptionalLong increment(K key, long delta) {
    return execute("increment", operations.count(key, Direction.UP, delta));
  }

  @Override
  public long increment(K key, long delta, long initial) {
    return increment(key, delta, initial, EntryOptions.none());
  }

  @Override
  public long increment(K key, long delta, long initial, EntryOptions options) {
    return execute("increment", operations.count(key, Direction.UP, delta, initial, options))
        .getAsLong();
  }

  @Override
  public OptionalLong decrement(K key, long delta) {
    return execute("decrement", operations.count(key, Direction.DOWN, delta));
  }

  @Override
  public long decrement(K key, long delta, long initial) {
    return decrement(key, delta, initial, EntryOptions.none());
  }

  @Override
  public long decrement(K key, long delta, long initial, EntryOptions options) {
    return execute("decrement", operations.count(key, Direction.DOWN, delta, initial, options))
        .getAsLong();
  }

  @Override
  public boolean append(K key, V suffix) {
    return execute("append", operations.append(key, suffix, Side.BACK));
  }

  @Override
  public boolean prepend(K key, V prefix) {
    return execute("prepend", operations.append(key, prefix, Side.FRONT));
  }

  @Override
  public boolean touch(K key, Duration duration) {
    return execute("touch", operations.touch(key, duration));
  }

  @Override
  public Set<K> touchAll(Set<? extends K> keys, Duration duration) {
    List<K> wanted = operations.keys(keys);
    return CacheOperations.affirmed(
        wanted, executeAll("touchAll", operations.touchAll(wanted, duration)));
  }

  @Override
  public boolean markStale(K key) {
    return execute("markStale", operations.markStale(key));
  }

  @Override
  public Set<K> removeEach(Set<? extends K> keys) {
    List<K> wanted = operations.keys(keys);
    return CacheOperations.affirmed(
        wanted, executeAll("removeEach", operations.removeEach(wanted)));
  }

  @Override
  public AsyncCache<K, V> async() {
    requireOpen();
    return core.async();
  }

  @Override
  public AsyncCache<K, V> async(Executor executor) {
    requireOpen();
    return core.async(Objects.requireNonNull(executor, "executor"));
  }

  @Override
  public void removeAll() {
    requireOpen();
    core.calls().run("removeAll", core::removeAll);
  }

  @Override
  public void clear() {
    requireOpen();
    core.calls().run("clear", core::clear);
  }

  @Override
  public <T> @Nullable T invoke(
      K key, EntryProcessor<K, V, T> entryProcessor, Object... arguments) {
    return execute("invoke", operations.invoke(key, entryProcessor, arguments));
  }

  @Override
  public <T> Map<K, EntryProcessorResult<T>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> entryProcessor, Object... arguments) {
    List<K> wanted = operations.keys(keys);
    List<InvokeForResult<K, V, T>> invocations =
        operations.invokeAll(wanted, entryProcessor, arguments);
    return core.calls().call("invokeAll", () -> core.bulkInvoker().invokeAll(wanted, invocations));
  }

  @Override
  public Iterator<Cache.Entry<K, V>> iterator() {
    return core.listing().entries();
  }

  @Override
  public Iterable<K> keys() {
    return core.listing().keys();
  }

  @Override
  public long approximateSize() {
    return core.calls().call("approximateSize", core.listing()::approximateSize);
  }

  @Override
  public MemcachedStatisticsMXBean statistics() {
    requireOpen();
    return core.statistics();
  }

  @Override
  public List<NodeMXBean> nodes() {
    requireOpen();
    return core.nodes();
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public @Nullable MemcachedCacheManager getCacheManager() {
    return isClosed() ? null : manager;
  }

  @Override
  public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
    return type == (Class<?>) MemcachedConfiguration.class
        ? type.cast(MemcachedConfiguration.of(core.configuration()))
        : core.configuration().as(type);
  }

  @Override
  public void registerCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
    requireOpen();
    core.register(Objects.requireNonNull(configuration, "configuration"));
  }

  @Override
  public void deregisterCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
    requireOpen();
    core.deregister(Objects.requireNonNull(configuration, "configuration"));
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrap.to(type, this, () -> core.unwrapStore(type));
  }

  @Override
  public void close() {
    manager.forget(this);
    core.close();
  }

  @Override
  public boolean isClosed() {
    return core.guard().isClosed();
  }

  @Override
  public String toString() {
    return "MemcachedCache '" + name + "' of " + manager.getURI();
  }

  private <R extends @Nullable Object> R execute(String name, Operation<K, V, R> operation) {
    return core.calls().call(name, () -> core.engine().execute(operation));
  }

  private <R extends @Nullable Object> List<R> executeAll(
      String name, List<? extends Operation<K, V, R>> all) {
    return core.calls().call(name, () -> core.engine().executeAll(all));
  }

  private void requireOpen() {
    core.guard().requireOpen();
  }
}
