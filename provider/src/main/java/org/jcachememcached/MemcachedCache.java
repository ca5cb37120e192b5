package org.jcachememcached;

import java.util.Iterator;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.Configuration;
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
