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
 * A cache whose entries are stored in memcached, under keys with a prefix of their own (JSR-107
 * section 4). Created by {@link MemcachedCacheManager#createCache}. Thread-safe.
 *
 * <p>Values are stored by value. Operations that JSR-107 calls atomic are atomic across all JVMs
 * that use the same servers: a read-modify-write is repeated until no other client has interfered.
 * Every method returns within a bounded time.
 *
 * <p>Unless a method says otherwise, it throws
 *
 * <ul>
 *   <li>{@link CacheException} if the store fails (setting {@code on.failure}), if a key or a value
 *       cannot be encoded or decoded, or if an operation has lost too many races (setting {@code
 *       cas.attempts});
 *   <li>{@link IllegalStateException} if the cache is closed;
 *   <li>{@link NullPointerException} if a key, a value or another argument is null;
 *   <li>{@link ClassCastException} if a key or a value is not of the configured type.
 * </ul>
 *
 * @param <K> the type of keys
 * @param <V> the type of values
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

  /** {@inheritDoc} Other JVMs that use the same cache lose these entries as well. */
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

  /**
   * {@inheritDoc} Other JVMs that use the same cache lose these entries as well; see the setting
   * {@code clear}.
   */
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
   * With a writer the keys are processed one by one, because each has its own result, even if that
   * is the exception of the writer.
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

  /**
   * {@inheritDoc} The iterator is weakly consistent and not thread-safe. With the failure policy
   * {@code throw}, its {@code next} throws a {@link CacheException} for each entry that cannot be
   * decoded and continues after it.
   */
  @Override
  public Iterator<Cache.Entry<K, V>> iterator() {
    requireOpen();
    return new EntryIterator<>(core.guard(), core.engine(), context);
  }

  @Override
  public String getName() {
    return name;
  }

  /** The manager of this cache, or null once the cache is closed. */
  @Override
  public @Nullable MemcachedCacheManager getCacheManager() {
    return isClosed() ? null : manager;
  }

  /**
   * {@inheritDoc}
   *
   * @param type {@link MemcachedConfiguration} for all settings of the cache, {@code
   *     MutableConfiguration} for a copy, or an interface of JCache
   * @throws IllegalArgumentException if the configuration is not available as that type
   */
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
   * @param type {@link MemcachedCache}; {@code net.spy.memcached.MemcachedClient}, the client of a
   *     cache in memcached; or {@link org.jcachememcached.api.MigrationStats}, for a cache that is
   *     migrated between servers
   * @throws IllegalArgumentException if the cache cannot be unwrapped to that type
   */
  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrap.to(type, this, () -> core.unwrapStore(type));
  }

  /**
   * {@inheritDoc} The entries stay in memcached, where other JVMs may use them. Waits up to 15 s
   * for running loads and asynchronous listeners.
   */
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
