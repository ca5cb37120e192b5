package org.jcachememcached.internal.cache;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.cache.CacheException;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jcachememcached.api.AsyncCache;
import org.jcachememcached.api.EntryOptions;
import org.jcachememcached.api.EntryVersion;
import org.jcachememcached.api.Versioned;
import org.jcachememcached.internal.engine.AsynchronousEngine;
import org.jcachememcached.internal.engine.Operation;
import org.jcachememcached.internal.engine.StoreSession;
import org.jcachememcached.internal.operation.InvokeForResult;
import org.jcachememcached.internal.processor.ProcessorResult;
import org.jcachememcached.internal.store.Command.Append.Side;
import org.jcachememcached.internal.store.Command.Count.Direction;
import org.jspecify.annotations.Nullable;

/** The asynchronous view of a cache. Thread-safe. */
final class AsynchronousCache<K, V> implements AsyncCache<K, V> {

  private final CacheCore<K, V> core;
  private final CacheOperations<K, V> operations;
  private final Executor executor;
  private final AsynchronousEngine<K, V> engine;
  private final CallerStages stages;

  /**
   * @param executor runs everything but the first step of each call
   */
  AsynchronousCache(CacheCore<K, V> core, Executor executor) {
    this.core = core;
    this.operations = core.operations();
    this.executor = executor;
    this.engine = core.engine().asynchronous(executor);
    this.stages = new CallerStages(core.guard(), executor);
  }

  @Override
  public CompletionStage<@Nullable V> get(K key) {
    return execute("get", operations.get(key));
  }

  @Override
  public CompletionStage<Map<K, V>> getAll(Set<? extends K> keys) {
    List<K> wanted = operations.keys(keys);
    return call("getAll", steps -> core.bulkLoader().getAll(wanted, steps), found -> found);
  }

  @Override
  public CompletionStage<V> getOrDefault(K key, V defaultValue) {
    return execute("get", operations.get(key), value -> value == null ? defaultValue : value);
  }

  @Override
  public CompletionStage<V> getOrThrow(K key) {
    return execute("get", operations.get(key), value -> operations.required(key, value));
  }

  @Override
  public CompletionStage<@Nullable V> getOrCompute(
      K key, Function<? super K, ? extends @Nullable V> function) {
    return getOrCompute(key, function, EntryOptions.none());
  }

  @Override
  public CompletionStage<@Nullable V> getOrCompute(
      K key, Function<? super K, ? extends @Nullable V> function, EntryOptions options) {
    return execute("getOrCompute", operations.getOrCompute(key, function, options));
  }

  @Override
  public CompletionStage<@Nullable Versioned<V>> getVersioned(K key) {
    return execute("getVersioned", operations.getVersioned(key));
  }

  @Override
  public CompletionStage<Boolean> containsKey(K key) {
    return execute("containsKey", operations.containsKey(key));
  }

  @Override
  public CompletionStage<@Nullable Void> loadAll(
      Set<? extends K> keys, boolean replaceExistingValues) {
    CompletableFuture<@Nullable Void> loaded = new CompletableFuture<>();
    core.loads()
        .start(
            new HashSet<>(operations.keys(keys)),
            replaceExistingValues,
            new CompletionListener() {
              @Override
              public void onCompletion() {
                loaded.complete(null);
              }

              @Override
              public void onException(Exception e) {
                loaded.completeExceptionally(e);
              }
            });
    return stages.handedOver(loaded);
  }

  @Override
  public CompletionStage<@Nullable Void> put(K key, V value) {
    return execute("put", operations.put(key, value));
  }

  @Override
  public CompletionStage<@Nullable Void> put(K key, V value, EntryOptions options) {
    return execute("put", operations.put(key, value, options));
  }

  @Override
  public CompletionStage<@Nullable V> getAndPut(K key, V value) {
    return execute("getAndPut", operations.getAndPut(key, value));
  }

  @Override
  public CompletionStage<@Nullable Void> putAll(Map<? extends K, ? extends V> map) {
    return putAll(map, EntryOptions.none());
  }

  @Override
  public CompletionStage<@Nullable Void> putAll(
      Map<? extends K, ? extends V> map, EntryOptions options) {
    return executeAll("putAll", operations.putAll(map, options), done -> null);
  }

  @Override
  public CompletionStage<Boolean> putIfAbsent(K key, V value) {
    return execute("putIfAbsent", operations.putIfAbsent(key, value));
  }

  @Override
  public CompletionStage<Boolean> putIfAbsent(K key, V value, EntryOptions options) {
    return execute("putIfAbsent", operations.putIfAbsent(key, value, options));
  }

  @Override
  public CompletionStage<Boolean> remove(K key) {
    return execute("remove", operations.remove(key));
  }

  @Override
  public CompletionStage<Boolean> remove(K key, V oldValue) {
    return execute("remove", operations.remove(key, oldValue));
  }

  @Override
  public CompletionStage<Boolean> remove(K key, EntryVersion version) {
    return execute("remove", operations.remove(key, version));
  }

  @Override
  public CompletionStage<@Nullable V> getAndRemove(K key) {
    return execute("getAndRemove", operations.getAndRemove(key));
  }

  @Override
  public CompletionStage<Boolean> replace(K key, V oldValue, V newValue) {
    return execute("replace", operations.replace(key, oldValue, newValue));
  }

  @Override
  public CompletionStage<Boolean> replace(K key, V value) {
    return execute("replace", operations.replace(key, value));
  }

  @Override
  public CompletionStage<Boolean> replace(K key, V value, EntryOptions options) {
    return execute("replace", operations.replace(key, value, options));
  }

  @Override
  public CompletionStage<Boolean> replace(K key, V value, EntryVersion version) {
    return execute("replace", operations.replace(key, value, version));
  }

  @Override
  public CompletionStage<@Nullable V> getAndReplace(K key, V value) {
    return execute("getAndReplace", operations.getAndReplace(key, value));
  }

  @Override
  public CompletionStage<OptionalLong> increment(K key, long delta) {
    return execute("increment", operations.count(key, Direction.UP, delta));
  }

  @Override
  public CompletionStage<Long> increment(K key, long delta, long initial) {
    return increment(key, delta, initial, EntryOptions.none());
  }

  @Override
  public CompletionStage<Long> increment(K key, long delta, long initial, EntryOptions options) {
    return execute(
        "increment",
        operations.count(key, Direction.UP, delta, initial, options),
        OptionalLong::getAsLong);
  }

  @Override
  public CompletionStage<OptionalLong> decrement(K key, long delta) {
    return execute("decrement", operations.count(key, Direction.DOWN, delta));
  }

  @Override
  public CompletionStage<Long> decrement(K key, long delta, long initial) {
    return decrement(key, delta, initial, EntryOptions.none());
  }

  @Override
  public CompletionStage<Long> decrement(K key, long delta, long initial, EntryOptions options) {
    return execute(
        "decrement",
        operations.count(key, Direction.DOWN, delta, initial, options),
        OptionalLong::getAsLong);
  }

  @Override
  public CompletionStage<Boolean> append(K key, V suffix) {
    return execute("append", operations.append(key, suffix, Side.BACK));
  }

  @Override
  public CompletionStage<Boolean> prepend(K key, V prefix) {
    return execute("prepend", operations.append(key, prefix, Side.FRONT));
  }

  @Override
  public CompletionStage<Boolean> touch(K key, Duration duration) {
    return execute("touch", operations.touch(key, duration));
  }

  @Override
  public CompletionStage<Boolean> markStale(K key) {
    return execute("markStale", operations.markStale(key));
  }

  @Override
  public CompletionStage<Set<K>> touchAll(Set<? extends K> keys, Duration duration) {
    List<K> wanted = operations.keys(keys);
    return executeAll(
        "touchAll",
        operations.touchAll(wanted, duration),
        answers -> CacheOperations.affirmed(wanted, answers));
  }

  @Override
  public CompletionStage<Set<K>> removeEach(Set<? extends K> keys) {
    List<K> wanted = operations.keys(keys);
    return executeAll(
        "removeEach",
        operations.removeEach(wanted),
        answers -> CacheOperations.affirmed(wanted, answers));
  }

  @Override
  public CompletionStage<@Nullable Void> removeAll(Set<? extends K> keys) {
    return executeAll("removeAll", operations.removeAll(keys), done -> null);
  }

  @Override
  public CompletionStage<@Nullable Void> removeAll() {
    return inBackground("removeAll", core::removeAll);
  }

  @Override
  public CompletionStage<@Nullable Void> clear() {
    return inBackground("clear", core::clear);
  }

  @Override
  public CompletionStage<Long> approximateSize() {
    return inBackground("approximateSize", core.listing()::approximateSize);
  }

  private CompletionStage<@Nullable Void> inBackground(String name, Runnable work) {
    return this.<@Nullable Void>inBackground(
        name,
        () -> {
          work.run();
          return null;
        });
  }

  private <T extends @Nullable Object> CompletionStage<T> inBackground(
      String name, Supplier<T> work) {
    core.guard().requireOpen();
    return stages.handedOver(core.calls().supply(name, work, core.background()));
  }

  @Override
  public <T> CompletionStage<@Nullable T> invoke(
      K key, EntryProcessor<K, V, T> entryProcessor, Object... arguments) {
    return execute("invoke", operations.invoke(key, entryProcessor, arguments));
  }

  @Override
  public <T> CompletionStage<Map<K, EntryProcessorResult<T>>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> entryProcessor, Object... arguments) {
    List<K> wanted = operations.keys(keys);
    List<InvokeForResult<K, V, T>> invocations =
        operations.invokeAll(wanted, entryProcessor, arguments);
    if (core.writesThrough()) {
      return call(
          "invokeAll",
          steps -> invokeOneByOne(wanted, invocations, steps, steps.newSession(), new HashMap<>()),
          results -> results);
    }
    return executeAll("invokeAll", invocations, answers -> ProcessorResult.byKey(wanted, answers));
  }

  /**
   * With a writer the keys are processed one by one, because each has its own result, even if that
   * is the exception of the writer.
   */
  private <T> CompletableFuture<Map<K, EntryProcessorResult<T>>> invokeOneByOne(
      List<K> keys,
      List<InvokeForResult<K, V, T>> invocations,
      AsynchronousEngine<K, V> steps,
      StoreSession session,
      Map<K, EntryProcessorResult<T>> results) {
    if (keys.isEmpty()) {
      return CompletableFuture.completedFuture(results);
    }
    return stages
        .of(steps.execute(invocations.get(0), session), answer -> answer)
        .handle(AsynchronousCache::resultOrFailure)
        .thenCompose(
            answer -> {
              if (answer != null) {
                results.put(keys.get(0), answer);
              }
              int size = keys.size();
              return invokeOneByOne(
                  keys.subList(1, size), invocations.subList(1, size), steps, session, results);
            });
  }

  private static <T> @Nullable EntryProcessorResult<T> resultOrFailure(
      @Nullable EntryProcessorResult<T> result, @Nullable Throwable failure) {
    if (failure == null) {
      return result;
    }
    Throwable cause = CallerStages.cause(failure);
    if (cause instanceof CacheException refused) {
      return ProcessorResult.failed(refused);
    }
    throw new CompletionException(cause);
  }

  private <R extends @Nullable Object> CompletableFuture<R> execute(
      String name, Operation<K, V, R> operation) {
    return call(name, steps -> steps.execute(operation), result -> result);
  }

  private <R extends @Nullable Object, T> CompletableFuture<T> execute(
      String name, Operation<K, V, R> operation, Function<R, T> answer) {
    return call(name, steps -> steps.execute(operation), answer);
  }

  private <R extends @Nullable Object, T extends @Nullable Object> CompletableFuture<T> executeAll(
      String name, List<? extends Operation<K, V, R>> all, Function<List<R>, T> answer) {
    return call(name, steps -> steps.executeAll(all), answer);
  }

  private <R extends @Nullable Object, T extends @Nullable Object> CompletableFuture<T> call(
      String name,
      Function<AsynchronousEngine<K, V>, CompletableFuture<R>> work,
      Function<R, T> answer) {
    ObservedCall call = core.calls().begin(name);
    if (call.isUnobserved()) {
      return stages.of(work.apply(engine), answer);
    }
    ObservedSteps steps = new ObservedSteps(call, executor);
    AsynchronousEngine<K, V> observed = core.engine().asynchronous(steps);
    return stages.of(steps.first(() -> work.apply(observed)), answer, steps::end);
  }
}
