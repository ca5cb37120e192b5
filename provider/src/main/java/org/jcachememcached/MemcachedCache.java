package org.jcachememcached;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.Configuration;
import org.jcachememcached.api.AsyncCache;
import org.jcachememcached.api.EntryOptions;
import org.jcachememcached.api.EntryVersion;
import org.jcachememcached.api.MemcachedStatisticsMXBean;
import org.jcachememcached.api.NodeMXBean;
import org.jcachememcached.api.Versioned;
import org.jspecify.annotations.Nullable;

/**
 * A cache whose entries are stored in memcached, under keys with a prefix of their own (JSR-107
 * section 4). Created by {@link MemcachedCacheManager#createCache}; {@code
 * cache.unwrap(MemcachedCache.class)} gives what JCache does not have. Thread-safe.
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
public interface MemcachedCache<K, V> extends Cache<K, V> {

  /**
   * A cache of this provider with everything that it has; the same as {@code
   * cache.unwrap(MemcachedCache.class)}, without losing the types.
   *
   * @throws IllegalArgumentException if the cache is of another provider
   */
  @SuppressWarnings("unchecked") // What a cache unwraps to has its types.
  static <K, V> MemcachedCache<K, V> of(Cache<K, V> cache) {
    return cache.unwrap(MemcachedCache.class);
  }

  /**
   * The value of a key, loaded if the cache reads through.
   *
   * @param defaultValue what to return if there is no entry; it is not stored, and may be null
   * @return the value, or the default value
   */
  V getOrDefault(K key, V defaultValue);

  /**
   * The value of a key, loaded if the cache reads through.
   *
   * @throws NoSuchElementException if there is no entry; the message names the cache and the key
   */
  V getOrThrow(K key);

  /**
   * The value of a key; if there is no entry, the value that a function computes, which is stored.
   * See {@link #getOrCompute(Object, Function, EntryOptions)}.
   */
  @Nullable V getOrCompute(K key, Function<? super K, ? extends @Nullable V> function);

  /**
   * The value of a key; if there is no entry, the value that a function computes, which is stored.
   *
   * <p>Callers in this JVM that ask for the same key meanwhile wait for the value (setting {@code
   * queue.wait}). Other JVMs may compute too: the value that is stored first is what all of them
   * return. The function is called once at most for one call, in the thread of the caller.
   *
   * <p>A computed value is handled as a loaded one (JSR-107 section 7.1): it counts as a miss and
   * not as a put, listeners get a CREATED event, the writer is not called. The loader of the cache
   * is not called. With the failure policy {@code degrade}, the value is computed and returned if
   * the servers fail.
   *
   * @param function from the key to the value; null stores nothing. What it throws is thrown to the
   *     caller, and nothing is stored
   * @param options of the entry, if it is stored
   * @return the value, or null if the function has returned null
   */
  @Nullable V getOrCompute(
      K key, Function<? super K, ? extends @Nullable V> function, EntryOptions options);

  /**
   * The value of a key with its version, for an optimistic lock between two requests: a change on
   * condition of the version ({@link #replace(Object, Object, EntryVersion)}, {@link
   * #remove(Object, EntryVersion)}) takes place only if nothing has changed the entry since.
   *
   * <p>Never loads. Counts as a hit or a miss. It is an access (JSR-107 section 6) only where the
   * servers keep the deadlines (setting {@code access.expiry}); where an access stores the entry
   * again, any access changes the version.
   *
   * @return null if there is no entry
   */
  @Nullable Versioned<V> getVersioned(K key);

  /**
   * Stores a value, with options for this entry. Otherwise as {@link #put(Object, Object)}.
   *
   * @param options of the entry
   */
  void put(K key, V value, EntryOptions options);

  /**
   * Stores values, with options for each of these entries. Otherwise as {@link #putAll(Map)}.
   *
   * @param options of each entry
   */
  void putAll(Map<? extends K, ? extends V> map, EntryOptions options);

  /**
   * Stores a value if there is no entry, with options for the new one. Otherwise as {@link
   * #putIfAbsent(Object, Object)}.
   *
   * @param options of the entry, if it is stored
   * @return whether the value was stored
   */
  boolean putIfAbsent(K key, V value, EntryOptions options);

  /**
   * Replaces the value of an entry, with options for it. Otherwise as {@link #replace(Object,
   * Object)}.
   *
   * @param options of the entry, if it is stored
   * @return whether there was an entry
   */
  boolean replace(K key, V value, EntryOptions options);

  /**
   * Replaces the value of an entry if the entry has still that version. The values are not
   * compared. Otherwise as {@link #replace(Object, Object, Object)}; a mismatch is no access.
   *
   * @return whether the value was replaced
   */
  boolean replace(K key, V value, EntryVersion version);

  /**
   * Removes an entry if it has still that version. The values are not compared. Otherwise as {@link
   * #remove(Object, Object)}; a mismatch is no access.
   *
   * @return whether the entry was removed
   */
  boolean remove(K key, EntryVersion version);

  /**
   * Adds to the number that is the value of an entry.
   *
   * <p>The value type of the cache is Long, Integer, Short or Byte; or Number or Object, where the
   * result is stored as a Long. In a cache of Longs the server counts, in one round trip, unless an
   * update changes the deadline (as {@code ModifiedExpiryPolicy} has it) or there are listeners or
   * a writer: then the entry is read and replaced, like everywhere else.
   *
   * <p>It is an update: it counts as a hit or miss and as a put, listeners get an event, the writer
   * is called, the expiry policy is asked for updates. It never loads. The server keeps the
   * deadline of a number in which it counts: the entry expires up to two seconds late.
   *
   * @param delta how much to add, not negative
   * @return the new number; empty if there is no entry
   * @throws CacheException also if the number would exceed the largest one of its type, with an
   *     {@link ArithmeticException} as the cause, or if the value is no whole number; the entry
   *     stays as it is. If the reply of the server is lost, the message says that the outcome is
   *     unknown: it is never counted twice
   * @throws IllegalArgumentException if an argument is negative or does not fit the type
   * @throws UnsupportedOperationException if the value type of the cache is another one
   */
  OptionalLong increment(K key, long delta);

  /** The same as {@link #increment(Object, long, long, EntryOptions)} without options. */
  long increment(K key, long delta, long initial);

  /**
   * Adds to the number that is the value of an entry, or creates the entry. Otherwise as {@link
   * #increment(Object, long)}.
   *
   * <p>The server does not say which of the two it has done: a result that is equal to the initial
   * value counts as a miss, any other as a hit.
   *
   * @param initial the number of a new entry, to which the delta is not added; not negative
   * @param options of the entry, if it is created; an existing one keeps its deadline, unless the
   *     expiry policy of the cache changes it. Tags are not possible
   * @return the new number, or the initial one
   */
  long increment(K key, long delta, long initial, EntryOptions options);

  /**
   * Subtracts from the number that is the value of an entry, as {@link #increment(Object, long)}
   * adds to it. It stops at 0, as memcached does; a number below 0 stays as it is.
   *
   * @param delta how much to subtract, not negative
   * @return the new number; empty if there is no entry
   */
  OptionalLong decrement(K key, long delta);

  /** The same as {@link #decrement(Object, long, long, EntryOptions)} without options. */
  long decrement(K key, long delta, long initial);

  /**
   * Subtracts from the number that is the value of an entry, or creates the entry. Otherwise as
   * {@link #decrement(Object, long)} and {@link #increment(Object, long, long, EntryOptions)}.
   */
  long decrement(K key, long delta, long initial, EntryOptions options);

  /**
   * Adds text or bytes behind the value of an entry. The value type of the cache is String or
   * {@code byte[]}, or a supertype of them.
   *
   * <p>The server does it, in one round trip, where entries have no envelope (codecs {@code string}
   * and {@code bytes}, setting {@code format}) and are not compressed, unless an update changes the
   * deadline or there are listeners or a writer. Elsewhere the entry is read and replaced. It is an
   * update, as {@link #increment(Object, long)} is; the deadline stays unless the expiry policy
   * changes it.
   *
   * @param suffix of the same type as the value; may be empty
   * @return whether there was an entry
   * @throws CacheException also if the value would become too large for the servers, or is of
   *     another type than the suffix; the entry stays as it is. If the reply of the server is lost,
   *     the message says that the outcome is unknown: nothing is ever appended twice
   * @throws UnsupportedOperationException if the value type of the cache is another one
   */
  boolean append(K key, V suffix);

  /**
   * Adds text or bytes before the value of an entry. Otherwise as {@link #append}.
   *
   * @param prefix of the same type as the value; may be empty
   * @return whether there was an entry
   */
  boolean prepend(K key, V prefix);

  /**
   * Sets when an entry expires. It is neither an access nor an update: the expiry policy is not
   * asked, nothing is counted, and no event is published, except that an entry that expires at once
   * has expired.
   *
   * @param duration counted from now, as in {@link EntryOptions#expireAfter}
   * @return whether there was an entry
   * @throws IllegalArgumentException if the duration is negative
   */
  boolean touch(K key, Duration duration);

  /**
   * Sets when entries expire, as {@link #touch} does.
   *
   * @param duration counted from now
   * @return the keys of those that were there; a new set
   * @throws IllegalArgumentException if the duration is negative
   */
  Set<K> touchAll(Set<? extends K> keys, Duration duration);

  /**
   * Lets an entry expire now: invalidates it, but for the time of the setting {@code stale.for},
   * calls that could load it get the old value, while it is loaded anew in the background. To all
   * other calls it is absent. Without that setting, the entry is removed. The writer is not called,
   * nothing is counted, and the event is that of an expiry.
   *
   * <p>What a load that began before has read is not stored.
   *
   * @return whether there was an entry
   */
  boolean markStale(K key);

  /**
   * Removes entries, as {@link #remove(Object)} does.
   *
   * @return the keys of those that were there; a new set
   */
  Set<K> removeEach(Set<? extends K> keys);

  /** The operations of this cache without waiting, on the executor of its manager. */
  AsyncCache<K, V> async();

  /**
   * The operations of this cache without waiting.
   *
   * @param executor runs everything but the first step of each call, see {@link AsyncCache}. A task
   *     that it refuses fails its call
   */
  AsyncCache<K, V> async(Executor executor);

  /** {@inheritDoc} Other JVMs that use the same cache lose these entries as well. */
  @Override
  void removeAll();

  /**
   * {@inheritDoc} Other JVMs that use the same cache lose these entries as well; see the setting
   * {@code clear}.
   */
  @Override
  void clear();

  /**
   * {@inheritDoc} The iterator is weakly consistent and not thread-safe. With the failure policy
   * {@code throw}, its {@code next} throws a {@link CacheException} for each entry that cannot be
   * decoded and continues after it.
   */
  @Override
  Iterator<Cache.Entry<K, V>> iterator();

  /**
   * The keys of the entries, without the values: the servers list their keys. Each iterator lists
   * them anew, page by page, in any order.
   *
   * <p>A key that the servers have as its hash, because it is long or because of the setting {@code
   * key.strategy}, is in the item; only such items are read, values included. During a migration
   * (setting {@code fallback.servers}), the entries of the old servers are carried over first.
   *
   * <p>Iterators are weakly consistent and not thread-safe. A key that is listed may have no entry:
   * what has expired is listed for about a second more, or longer if there are listeners to expired
   * entries, and an item whose value cannot be decoded is listed too. An iterator is no access,
   * counts nothing and never loads; its {@code remove} removes the entry of the key. Items whose
   * key cannot be decoded are skipped; with the failure policy {@code throw}, {@code next} throws a
   * {@link CacheException} for each and continues after it.
   *
   * @throws CacheException by an iterator, if a server cannot list its keys, whatever the failure
   *     policy
   */
  Iterable<K> keys();

  /**
   * The number of entries, counted by listing the keys as {@link #keys} does, without reading or
   * decoding any: it takes time in proportion to all items on the servers. Approximate, because it
   * includes what has expired in the last second or so, and items that are no entries.
   *
   * @throws CacheException if a server cannot list its keys, whatever the failure policy
   */
  long approximateSize();

  /**
   * The statistics of this cache in this JVM, which JMX shows too. Those of JCache are counted only
   * while statistics are enabled ({@code setStatisticsEnabled}, setting {@code statistics}, or
   * {@link MemcachedCacheManager#enableStatistics}); otherwise they stay as they are, 0 at first.
   *
   * @return always the same object, up to date at any time, also after the cache is closed
   */
  MemcachedStatisticsMXBean statistics();

  /**
   * The servers of this cache, those of its manager or its own (setting {@code servers}), in the
   * order of the setting; during a migration without the old ones.
   *
   * @return an immutable list of objects that are up to date at any time; empty for an engine
   *     without servers
   */
  List<NodeMXBean> nodes();

  /** The manager of this cache, or null once the cache is closed. */
  @Override
  @Nullable MemcachedCacheManager getCacheManager();

  /**
   * {@inheritDoc}
   *
   * @param type {@link MemcachedConfiguration} for all settings of the cache, {@code
   *     MutableConfiguration} for a copy, or an interface of JCache
   * @throws IllegalArgumentException if the configuration is not available as that type
   */
  @Override
  <C extends Configuration<K, V>> C getConfiguration(Class<C> type);

  /**
   * {@inheritDoc}
   *
   * @param type {@link MemcachedCache}; {@code net.spy.memcached.MemcachedClient}, the client of a
   *     cache in memcached; or {@link org.jcachememcached.api.MigrationStats}, for a cache that is
   *     migrated between servers
   * @throws IllegalArgumentException if the cache cannot be unwrapped to that type
   */
  @Override
  <T> T unwrap(Class<T> type);

  /**
   * {@inheritDoc} The entries stay in memcached, where other JVMs may use them. Waits up to 15 s
   * for running loads and asynchronous listeners.
   */
  @Override
  void close();
}
