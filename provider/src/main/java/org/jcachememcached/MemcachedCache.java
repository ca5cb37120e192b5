package org.jcachememcached;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jcachememcached.internal.cache.CacheCore;
import org.jcachememcached.internal.cache.EntryIterator;
import org.jcachememcached.internal.engine.Operation;
import org.jcachememcached.internal.engine.StoreSession;
import org.jcachememcached.internal.jcache.Unwrap;
import org.jcachememcached.internal.operation.ContainsKey;
import org.jcachememcached.internal.operation.Get;
import org.jcachememcached.internal.operation.GetAndPut;
import org.jcachememcached.internal.operation.GetAndRemove;
import org.jcachememcached.internal.operation.GetAndReplace;
import org.jcachememcached.internal.operation.Invoke;
import org.jcachememcached.internal.operation.InvokeForResult;
import org.jcachememcached.internal.operation.OperationContext;
import org.jcachememcached.internal.operation.Put;
import org.jcachememcached.internal.operation.PutIfAbsent;
import org.jcachememcached.internal.operation.Remove;
import org.jcachememcached.internal.operation.RemoveConditionally;
import org.jcachememcached.internal.operation.Replace;
import org.jcachememcached.internal.operation.ReplaceConditionally;
import org.jcachememcached.internal.processor.ProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * A cache whose entries live in memcached, below a prefix of their own (JSR-107 section 4). Made by
 * {@link MemcachedCacheManager}. Thread-safe.
 *
 * <p>Values are stored by value. What JSR-107 calls atomic is atomic between all JVMs that use the
 * same servers: a read-modify-write is repeated until it was not disturbed. Every method is
 * answered within a bounded time; when the store fails, when an entry cannot be encoded or decoded,
 * or when too many races were lost, it throws a {@link CacheException} that says which. A closed
 * cache throws {@link IllegalStateException}, a null key or value {@link NullPointerException}, a
 * key or value of another than the configured type {@link ClassCastException}.
 */
public final class MemcachedCache<K, V> implements Cache<K, V> {

  private final String name;
  private final MemcachedCacheManager manager;
  private final CacheCore<K, V> core;
  private final OperationContext<K, V> context;

  MemcachedCache(String name, MemcachedCacheManager manager, CacheCore<K, V> core) {
    this.name = name;
    this.manager = manager;
    this.core = core;
    this.context = core.operationContext();
    core.registerListeners(this);
  }

  CacheCore<K, V> core() {
    return core;
  }

  @Override
  public @Nullable V get(K key) {
    requireOpen();
    return execute(Get.readThrough(context, checkedKey(key)));
  }

  @Override
  public Map<K, V> getAll(Set<? extends K> keys) {
    requireOpen();
    List<K> wanted = checkedKeys(keys);
    return core.guard().call(() -> core.bulkLoader().getAll(wanted));
  }

  @Override
  public boolean containsKey(K key) {
    requireOpen();
    return execute(new ContainsKey<>(context, checkedKey(key)));
  }

  @Override
  public void loadAll(
      Set<? extends K> keys,
      boolean replaceExistingValues,
      @Nullable CompletionListener completionListener) {
    requireOpen();
    Set<K> wanted = new HashSet<>(checkedKeys(keys));
    core.loads().start(wanted, replaceExistingValues, completionListener);
  }

  @Override
  public void put(K key, V value) {
    requireOpen();
    execute(new Put<>(context, checkedKey(key), checkedValue(value)));
  }

  @Override
  public @Nullable V getAndPut(K key, V value) {
    requireOpen();
    return execute(new GetAndPut<>(context, checkedKey(key), checkedValue(value)));
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> map) {
    requireOpen();
    List<Put<K, V>> puts = new ArrayList<>(map.size());
    map.forEach((key, value) -> puts.add(new Put<>(context, checkedKey(key), checkedValue(value))));
    core.guard().call(() -> core.engine().executeAll(puts));
  }

  @Override
  public boolean putIfAbsent(K key, V value) {
    requireOpen();
    return execute(new PutIfAbsent<>(context, checkedKey(key), checkedValue(value)));
  }

  @Override
  public boolean remove(K key) {
    requireOpen();
    return execute(Remove.answered(context, checkedKey(key)));
  }

  @Override
  public boolean remove(K key, V oldValue) {
    requireOpen();
    return execute(new RemoveConditionally<>(context, checkedKey(key), checkedValue(oldValue)));
  }

  @Override
  public @Nullable V getAndRemove(K key) {
    requireOpen();
    return execute(new GetAndRemove<>(context, checkedKey(key)));
  }

  @Override
  public boolean replace(K key, V oldValue, V newValue) {
    requireOpen();
    return execute(
        new ReplaceConditionally<>(
            context, checkedKey(key), checkedValue(oldValue), checkedValue(newValue)));
  }

  @Override
  public boolean replace(K key, V value) {
    requireOpen();
    return execute(new Replace<>(context, checkedKey(key), checkedValue(value)));
  }

  @Override
  public @Nullable V getAndReplace(K key, V value) {
    requireOpen();
    return execute(new GetAndReplace<>(context, checkedKey(key), checkedValue(value)));
  }

  @Override
  public void removeAll(Set<? extends K> keys) {
    requireOpen();
    List<Remove<K, V>> removals =
        checkedKeys(keys).stream().map(key -> Remove.unanswered(context, key)).toList();
    core.guard().call(() -> core.engine().executeAll(removals));
  }

  @Override
  public void removeAll() {
    requireOpen();
    core.guard()
        .run(
            () -> {
              if (context.removesBlindly()) {
                core.engine().clear();
              } else {
                core.engine().removeEach(key -> Remove.unanswered(context, key));
              }
            });
  }

  @Override
  public void clear() {
    requireOpen();
    core.clear();
  }

  @Override
  public <T> @Nullable T invoke(
      K key, EntryProcessor<K, V, T> entryProcessor, Object... arguments) {
    requireOpen();
    return execute(invocation(checkedKey(key), entryProcessor, arguments));
  }

  @Override
  public <T> Map<K, EntryProcessorResult<T>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> entryProcessor, Object... arguments) {
    requireOpen();
    List<K> wanted = checkedKeys(keys);
    Objects.requireNonNull(entryProcessor, "entryProcessor");
    List<InvokeForResult<K, V, T>> invocations =
        wanted.stream()
            .map(key -> new InvokeForResult<>(invocation(key, entryProcessor, arguments)))
            .toList();
    StoreSession session = core.engine().newSession();
    List<@Nullable EntryProcessorResult<T>> answers =
        core.writesThrough()
            ? invocations.stream()
                .<@Nullable EntryProcessorResult<T>>map(each -> invokeSingle(each, session))
                .toList()
            : core.guard().call(() -> core.engine().executeAll(invocations, session));
    Map<K, EntryProcessorResult<T>> results = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      EntryProcessorResult<T> answer = answers.get(i);
      if (answer != null) {
        results.put(wanted.get(i), answer);
      }
    }
    return results;
  }

  /**
   * With a writer one by one, for each key has a result of its own, be it the writer's exception.
   */
  private <T> @Nullable EntryProcessorResult<T> invokeSingle(
      InvokeForResult<K, V, T> invocation, StoreSession session) {
    try {
      return core.guard().call(() -> core.engine().execute(invocation, session));
    } catch (CacheException e) {
      return ProcessorResult.failed(e);
    }
  }

  private <T> Invoke<K, V, T> invocation(
      K key, EntryProcessor<K, V, T> processor, Object[] arguments) {
    return new Invoke<>(
        context, key, Objects.requireNonNull(processor, "entryProcessor"), arguments);
  }

  @Override
  public Iterator<Cache.Entry<K, V>> iterator() {
    requireOpen();
    return new EntryIterator<>(core.guard(), core.engine(), context);
  }

  @Override
  public String getName() {
    return name;
  }

  /** The manager of the cache; null once the cache is closed, because it has none then. */
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

  /**
   * {@inheritDoc}
   *
   * <p>Beside the cache itself, the {@code net.spy.memcached.MemcachedClient} that it talks through
   * can be had when the cache lives in memcached.
   */
  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrap.to(type, this, () -> core.unwrapStore(type));
  }

  /** {@inheritDoc} The entries stay in memcached, where another JVM may be using them. */
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

  private <R extends @Nullable Object> R execute(Operation<K, V, R> operation) {
    return core.guard().call(() -> core.engine().execute(operation));
  }

  private void requireOpen() {
    core.guard().requireOpen();
  }

  private List<K> checkedKeys(Set<? extends K> keys) {
    List<K> checked = new ArrayList<>(keys.size());
    for (K key : keys) {
      checked.add(checkedKey(key));
    }
    return checked;
  }

  private K checkedKey(K key) {
    return core.configuration().getKeyType().cast(Objects.requireNonNull(key, "key"));
  }

  private V checkedValue(V value) {
    return core.configuration().getValueType().cast(Objects.requireNonNull(value, "value"));
  }
}
