package org.jcachememcached;

import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jcachememcached.api.ClearStrategy;
import org.jcachememcached.api.CompressionType;
import org.jcachememcached.api.FailurePolicy;
import org.jcachememcached.api.ItemFormat;
import org.jcachememcached.api.KeyStrategy;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.cache.EffectiveConfiguration;
import org.jcachememcached.internal.config.SettingCatalog;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a cache with what only this provider knows beside what JCache knows (JSR-107
 * section 4.3). It can be given wherever JCache takes a {@code Configuration}, and read back with
 * {@code cache.getConfiguration(MemcachedConfiguration.class)}. Not thread-safe.
 *
 * <pre>{@code
 * Cache<String, User> users = manager.createCache("users",
 *     new MemcachedConfiguration<String, User>()
 *         .setTypes(String.class, User.class)
 *         .setExpiry("accessed 30 minutes")
 *         .setCodec("json")
 *         .setOnFailure(FailurePolicy.THROW));
 * }</pre>
 *
 * <p>What is set here wins over every other source; what is not, is what the manager and its config
 * file say. Each setting of the reference table that is not the manager's alone can be set, by
 * {@link #set} or by a method of its own. Values are checked at once.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public class MemcachedConfiguration<K, V> extends MutableConfiguration<K, V> {

  private static final long serialVersionUID = 1L;

  private final TreeMap<String, String> settings = new TreeMap<>();

  /** With the defaults of JCache. */
  public MemcachedConfiguration() {}

  /**
   * A copy.
   *
   * @param original if it is a {@code MemcachedConfiguration}, its settings are copied too
   */
  @SuppressWarnings("this-escape") // The setters of the super class are called by its constructor.
  public MemcachedConfiguration(CompleteConfiguration<K, V> original) {
    super(original);
    if (original instanceof MemcachedConfiguration<K, V> ours) {
      settings.putAll(ours.settings);
    }
  }

  /** What a cache is configured to, and set to by whatever source. */
  static <K, V> MemcachedConfiguration<K, V> of(EffectiveConfiguration<K, V> effective) {
    MemcachedConfiguration<K, V> copy = new MemcachedConfiguration<>(effective);
    copy.settings.putAll(effective.settings().textsForCache());
    return copy;
  }

  /**
   * Sets any setting that the reference table names.
   *
   * @param setting its name, such as {@code cas.attempts}
   * @param value written as in a property or a file
   * @throws IllegalArgumentException if there is no such setting for caches, or the value is not
   *     allowed; the message says what is
   */
  public final MemcachedConfiguration<K, V> set(String setting, String value) {
    SettingCatalog.checkForCache(setting, value, "a " + getClass().getSimpleName());
    settings.put(setting, value);
    return this;
  }

  /**
   * What a setting was set to, or null if it was not; without secrets in what was read back from a
   * cache.
   */
  public final @Nullable String get(String setting) {
    return settings.get(setting);
  }

  /** A copy of what was set, by name, in alphabetical order. */
  public final Map<String, String> settings() {
    return Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /**
   * When entries expire: {@code eternal}, {@code created 10 minutes}, {@code accessed 30s}, {@code
   * modified 1h}, {@code touched 2 days}, or the name of a class that is an {@code ExpiryPolicy} or
   * a {@code Factory} of one. {@link #setExpiryPolicyFactory} wins over it, unless it is set to the
   * default of JCache.
   */
  public final MemcachedConfiguration<K, V> setExpiry(String rule) {
    return set("expiry", rule);
  }

  /**
   * The servers of this cache, if they are not those of its manager: {@code
   * host:port:weight+host:port:weight}. Caches that are set to the same share connections.
   */
  public final MemcachedConfiguration<K, V> setServers(String servers) {
    return set("servers", servers);
  }

  /** The name of a group of caches that share connections of their own. */
  public final MemcachedConfiguration<K, V> setClient(String name) {
    return set("client", name);
  }

  /** How long one command may take; a cache with a timeout of its own has its own connections. */
  public final MemcachedConfiguration<K, V> setTimeout(Duration timeout) {
    return set("timeout", timeout.toString());
  }

  /** How values become bytes: {@code java}, {@code string}, {@code bytes} or {@code json}. */
  public final MemcachedConfiguration<K, V> setCodec(String name) {
    return set("codec", name);
  }

  /** How values become bytes: a codec of the application's own. */
  public final MemcachedConfiguration<K, V> setCodec(Class<? extends ValueCodec> codec) {
    return set("codec", codec.getName());
  }

  /** What surrounds the bytes of a value: an envelope, or what clients in other languages write. */
  public final MemcachedConfiguration<K, V> setFormat(ItemFormat format) {
    return set("format", nameOf(format));
  }

  /** How keys are written. */
  public final MemcachedConfiguration<K, V> setKeyStrategy(KeyStrategy strategy) {
    return set("key.strategy", nameOf(strategy));
  }

  /** What keys begin with; {@code {application}} and {@code {cache}} stand for the names. */
  public final MemcachedConfiguration<K, V> setKeyPrefix(String prefix) {
    return set("key.prefix", prefix);
  }

  /** What values are compressed with. */
  public final MemcachedConfiguration<K, V> setCompression(CompressionType type) {
    return set("compression.type", nameOf(type));
  }

  /** From how many bytes on values are compressed. */
  public final MemcachedConfiguration<K, V> setCompressionThreshold(long bytes) {
    return set("compression.threshold", Long.toString(bytes));
  }

  /** What a call ends with when the servers fail. */
  public final MemcachedConfiguration<K, V> setOnFailure(FailurePolicy policy) {
    return set("on.failure", nameOf(policy));
  }

  /** How all entries are removed at once. */
  public final MemcachedConfiguration<K, V> setClear(ClearStrategy strategy) {
    return set("clear", nameOf(strategy));
  }

  private static String nameOf(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public MemcachedConfiguration<K, V> setTypes(Class<K> keyType, Class<V> valueType) {
    super.setTypes(keyType, valueType);
    return this;
  }

  @Override
  public MemcachedConfiguration<K, V> addCacheEntryListenerConfiguration(
      CacheEntryListenerConfiguration<K, V> listener) {
    super.addCacheEntryListenerConfiguration(listener);
    return this;
  }

  @Override
  public MemcachedConfiguration<K, V> removeCacheEntryListenerConfiguration(
      CacheEntryListenerConfiguration<K, V> listener) {
    super.removeCacheEntryListenerConfiguration(listener);
    return this;
  }

  @Override
  public MemcachedConfiguration<K, V> setCacheLoaderFactory(
      Factory<? extends CacheLoader<K, V>> factory) {
    super.setCacheLoaderFactory(factory);
    return this;
  }

  @Override
  public MemcachedConfiguration<K, V> setCacheWriterFactory(
      Factory<? extends CacheWriter<? super K, ? super V>> factory) {
    super.setCacheWriterFactory(factory);
    return this;
  }

  @Override
  public MemcachedConfiguration<K, V> setExpiryPolicyFactory(
      Factory<? extends ExpiryPolicy> factory) {
    super.setExpiryPolicyFactory(factory);
    return this;
  }

  @Override
  public MemcachedConfiguration<K, V> setReadThrough(boolean isReadThrough) {
    super.setReadThrough(isReadThrough);
    return this;
  }

  @Override
  public MemcachedConfiguration<K, V> setWriteThrough(boolean isWriteThrough) {
    super.setWriteThrough(isWriteThrough);
    return this;
  }

  @Override
  public MemcachedConfiguration<K, V> setStoreByValue(boolean isStoreByValue) {
    super.setStoreByValue(isStoreByValue);
    return this;
  }

  @Override
  public MemcachedConfiguration<K, V> setStatisticsEnabled(boolean enabled) {
    super.setStatisticsEnabled(enabled);
    return this;
  }

  @Override
  public MemcachedConfiguration<K, V> setManagementEnabled(boolean enabled) {
    super.setManagementEnabled(enabled);
    return this;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other)
        && other instanceof MemcachedConfiguration<?, ?> that
        && settings.equals(that.settings);
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + settings.hashCode();
  }
}
