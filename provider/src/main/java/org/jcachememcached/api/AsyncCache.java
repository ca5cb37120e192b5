package org.jcachememcached.api;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a cache without waiting: each method returns a stage that is completed when the
 * method of the same name of the cache would return, with its result, or with the exception that it
 * would throw. What the operations mean, what they count and publish, and how they fail is the
 * same. Thread-safe.
 *
 * <pre>{@code
 * AsyncCache<String, User> users = cache.unwrap(MemcachedCache.class).async();
 * users.get("anna").thenAccept(user -> ...);
 * }</pre>
 *
 * <p><b>Threads.</b> The thread of the caller encodes keys and values and sends the first request;
 * it never waits for anything. Everything else runs in the executor of this view: the decoding of
 * values, the application's loaders, writers, processors, functions and synchronous listeners, and
 * the dependents of the returned stages, unless they name an executor of their own. The thread that
 * does the I/O runs none of it. By default that executor is a pool of the manager with as many
 * threads as there are processors, two at least, so code that waits for a long time belongs into
 * another executor ({@code cache.async(executor)}). In a cache with synchronous listeners its
 * threads wait for listeners that are called for an earlier change of the same key.
 *
 * <p><b>Limits.</b> Requests are refused as those of the cache are while too many of them are in
 * progress on a server (settings {@code max.requests} and {@code max.bytes}); and a call fails at
 * once while 10,000 calls of the cache are in progress.
 *
 * <p><b>Cancellation.</b> {@code stage.toCompletableFuture().cancel(false)} keeps the steps from
 * being carried out that have not begun; a request that is sent stays sent.
 *
 * <p>Arguments that are not allowed and a closed cache are exceptions of the methods themselves, as
 * in the cache: {@link NullPointerException}, {@link ClassCastException}, {@link
 * IllegalArgumentException}, {@link IllegalStateException}.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public interface AsyncCache<K, V> {

  /** The value of a key, or null. */
  CompletionStage<@Nullable V> get(K key);

  /** The entries of those keys that have one. */
  CompletionStage<Map<K, V>> getAll(Set<? extends K> keys);

  /** The value of a key, or a default value, which may be null. */
  CompletionStage<V> getOrDefault(K key, V defaultValue);

  /** The value of a key; fails with a {@link java.util.NoSuchElementException} without entry. */
  CompletionStage<V> getOrThrow(K key);

  /** The value of a key, or the one that the function computes, which is stored unless null. */
  CompletionStage<@Nullable V> getOrCompute(
      K key, Function<? super K, ? extends @Nullable V> function);

  /** The value of a key, or the one that the function computes, which is stored unless null. */
  CompletionStage<@Nullable V> getOrCompute(
      K key, Function<? super K, ? extends @Nullable V> function, EntryOptions options);

  /** The value of a key with its version, or null. */
  CompletionStage<@Nullable Versioned<V>> getVersioned(K key);

  /** Whether there is an entry. */
  CompletionStage<Boolean> containsKey(K key);

  /** Loads values in the background, see {@code Cache.loadAll}. */
  CompletionStage<@Nullable Void> loadAll(Set<? extends K> keys, boolean replaceExistingValues);

  /** Stores a value. */
  CompletionStage<@Nullable Void> put(K key, V value);

  /** Stores a value, with options for this entry. */
  CompletionStage<@Nullable Void> put(K key, V value, EntryOptions options);

  /** Stores a value; the one before, or null. */
  CompletionStage<@Nullable V> getAndPut(K key, V value);

  /** Stores values. */
  CompletionStage<@Nullable Void> putAll(Map<? extends K, ? extends V> map);

  /** Stores values, with options for each of these entries. */
  CompletionStage<@Nullable Void> putAll(Map<? extends K, ? extends V> map, EntryOptions options);

  /** Stores a value if there is no entry; whether it was stored. */
  CompletionStage<Boolean> putIfAbsent(K key, V value);

  /** Stores a value if there is no entry, with options; whether it was stored. */
  CompletionStage<Boolean> putIfAbsent(K key, V value, EntryOptions options);

  /** Removes an entry; whether there was one. */
  CompletionStage<Boolean> remove(K key);

  /** Removes an entry that has that value; whether it was removed. */
  CompletionStage<Boolean> remove(K key, V oldValue);

  /** Removes an entry that has that version; whether it was removed. */
  CompletionStage<Boolean> remove(K key, EntryVersion version);

  /** Removes an entry; its value, or null. */
  CompletionStage<@Nullable V> getAndRemove(K key);

  /** Replaces that value of an entry; whether it was replaced. */
  CompletionStage<Boolean> replace(K key, V oldValue, V newValue);

  /** Replaces the value of an entry; whether there was one. */
  CompletionStage<Boolean> replace(K key, V value);

  /** Replaces the value of an entry, with options for it; whether there was one. */
  CompletionStage<Boolean> replace(K key, V value, EntryOptions options);

  /** Replaces the value of an entry that has that version; whether it was replaced. */
  CompletionStage<Boolean> replace(K key, V value, EntryVersion version);

  /** Replaces the value of an entry; the one before, or null if there is no entry. */
  CompletionStage<@Nullable V> getAndReplace(K key, V value);

  /** Adds to a number; the new one, or empty if there is no entry. */
  CompletionStage<OptionalLong> increment(K key, long delta);

  /** Adds to a number, or creates it; the new one. */
  CompletionStage<Long> increment(K key, long delta, long initial);

  /** Adds to a number, or creates it with options for its entry; the new one. */
  CompletionStage<Long> increment(K key, long delta, long initial, EntryOptions options);

  /** Subtracts from a number; the new one, or empty if there is no entry. */
  CompletionStage<OptionalLong> decrement(K key, long delta);

  /** Subtracts from a number, or creates it; the new one. */
  CompletionStage<Long> decrement(K key, long delta, long initial);

  /** Subtracts from a number, or creates it with options for its entry; the new one. */
  CompletionStage<Long> decrement(K key, long delta, long initial, EntryOptions options);

  /** Adds text or bytes behind the value of an entry; whether there was one. */
  CompletionStage<Boolean> append(K key, V suffix);

  /** Adds text or bytes before the value of an entry; whether there was one. */
  CompletionStage<Boolean> prepend(K key, V prefix);

  /** Sets when an entry expires; whether there was one. */
  CompletionStage<Boolean> touch(K key, Duration duration);

  /** Sets when entries expire; the keys of those that were there. */
  CompletionStage<Set<K>> touchAll(Set<? extends K> keys, Duration duration);

  /**
   * Lets an entry expire now, though its value may be served a little longer; whether there was
   * one.
   */
  CompletionStage<Boolean> markStale(K key);

  /** Removes entries; the keys of those that were there. */
  CompletionStage<Set<K>> removeEach(Set<? extends K> keys);

  /** Removes entries. */
  CompletionStage<@Nullable Void> removeAll(Set<? extends K> keys);

  /** Removes all entries, in a thread of the manager: it lists the keys on the servers. */
  CompletionStage<@Nullable Void> removeAll();

  /** Removes all entries without events, in a thread of the manager. */
  CompletionStage<@Nullable Void> clear();

  /** The approximate number of entries, counted in a thread of the manager. */
  CompletionStage<Long> approximateSize();

  /** Runs a processor on an entry; its result. */
  <T> CompletionStage<@Nullable T> invoke(
      K key, EntryProcessor<K, V, T> entryProcessor, Object... arguments);

  /** Runs a processor on entries; its results that are not null, and its exceptions. */
  <T> CompletionStage<Map<K, EntryProcessorResult<T>>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> entryProcessor, Object... arguments);
}
