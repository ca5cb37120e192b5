package org.jcachememcached;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.cache.CacheException;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryListener;
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
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.jcache.GivenInstance;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a cache with the settings that only this provider has, in addition to those
 * of JCache (JSR-107 section 4.3). Accepted wherever JCache takes a {@code Configuration}, and
 * returned by {@code cache.getConfiguration(MemcachedConfiguration.class)}. Mutable and not
 * thread-safe; a cache copies it when it is created.
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
 * <p>A setting that is set here overrides every other source; one that is not comes from the
 * manager and its config file. Every setting of the reference table that applies to caches can be
 * set, by {@link #set} or by a method of its own. Values are checked at once: all setters throw
 * {@link IllegalArgumentException} for a value that is not allowed, with a message that says what
 * is, and {@link NullPointerException} for null.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public class MemcachedConfiguration<K, V>
    extends ChainedConfiguration<K, V, MemcachedConfiguration<K, V>> {

  private static final long serialVersionUID = 1L;
  private static final String CODEC = "codec";

  private final TreeMap<String, String> settings = new TreeMap<>();

  /** In place of the class that the setting names; null if none was given. */
  @SuppressWarnings("serial") // A codec that is not serializable makes this not serializable.
  private @Nullable ValueCodec codec;

  /** Creates a configuration with the defaults of JCache and no settings. */
  public MemcachedConfiguration() {}

  /**
   * Creates a copy.
   *
   * @param original the configuration to copy; of a {@code MemcachedConfiguration} the settings are
   *     copied too
   */
  @SuppressWarnings("this-escape") // The constructor of the superclass calls setters.
  public MemcachedConfiguration(CompleteConfiguration<K, V> original) {
    super(original);
    if (original instanceof MemcachedConfiguration<K, V> ours) {
      settings.putAll(ours.settings);
      codec = ours.codec;
    }
  }

  /** The configuration of a cache with its settings from all sources. */
  static <K, V> MemcachedConfiguration<K, V> of(EffectiveConfiguration<K, V> effective) {
    MemcachedConfiguration<K, V> copy = new MemcachedConfiguration<>(effective);
    copy.settings.putAll(effective.settings().textsForCache());
    copy.codec = effective.codec();
    return copy;
  }

  /**
   * Any configuration of a cache, completed with what its manager has for the cache.
   *
   * @throws CacheException if a setting is not allowed, or a class that one names is not available
   */
  static <K, V> EffectiveConfiguration<K, V> complete(
      Configuration<K, V> given,
      String cacheName,
      Settings settings,
      Supplier<ClassLoader> classLoader) {
    if (!(given instanceof MemcachedConfiguration<K, V> ours)) {
      return EffectiveConfiguration.of(given, settings, classLoader);
    }
    Settings own;
    try {
      own = settings.with(ours.settings, "the configuration of cache '" + cacheName + "'");
    } catch (IllegalArgumentException e) {
      throw new CacheException(e.getMessage(), e);
    }
    return EffectiveConfiguration.of(given, own, classLoader).withCodec(ours.codec);
  }

  /**
   * Sets any setting of the reference table that applies to caches.
   *
   * @param setting the name, such as {@code cas.attempts}
   * @param value the value as in a property or a file
   * @return this configuration
   * @throws IllegalArgumentException if there is no such setting for caches, or the value is not
   *     allowed; the message says what is
   */
  public final MemcachedConfiguration<K, V> set(String setting, String value) {
    SettingCatalog.checkForCache(setting, value, "a " + getClass().getSimpleName());
    settings.put(setting, value);
    if (setting.equals(CODEC)) {
      codec = null;
    }
    return this;
  }

  /**
   * The value of a setting, as text.
   *
   * @param setting the name
   * @return null if it was not set here. A configuration that was obtained from a cache contains
   *     the settings from all sources except secrets
   */
  public final @Nullable String get(String setting) {
    return settings.get(setting);
  }

  /** The settings by name, in alphabetical order; an immutable copy. */
  public final Map<String, String> settings() {
    return Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /**
   * Sets {@code expiry}: when entries expire (JSR-107 section 6). Overridden by {@link
   * #setExpiryPolicyFactory}, unless that is the default of JCache. Default: {@code eternal}.
   *
   * @param rule {@code eternal}; {@code created}, {@code accessed}, {@code modified} or {@code
   *     touched}, followed by a duration with its unit, as in {@code created 10 minutes} or {@code
   *     accessed 30s}; or the name of a class that is an {@code ExpiryPolicy} or a {@code Factory}
   *     of one
   * @return this configuration
   */
  public final MemcachedConfiguration<K, V> setExpiry(String rule) {
    return set("expiry", rule);
  }

  /**
   * Sets {@code servers}: the memcached servers of this cache, if they are not those of its
   * manager. Caches with the same connection settings share connections. Default: {@code
   * 127.0.0.1:11211}.
   *
   * @param servers addresses with optional weights, {@code host:port:weight+unix:/path:weight}
   * @return this configuration
   */
  public final MemcachedConfiguration<K, V> setServers(String servers) {
    return set("servers", servers);
  }

  /**
   * Sets {@code client}: the name of a group of caches that have connections of their own. Default:
   * the empty name, with which caches of the same connection settings share connections.
   *
   * @param name any text
   * @return this configuration
   */
  public final MemcachedConfiguration<K, V> setClient(String name) {
    return set("client", name);
  }

  /**
   * Sets {@code timeout}: how long one command may take. A cache with another timeout than its
   * manager has connections of its own. Default: 1 second.
   *
   * @param timeout 10 milliseconds to 1 minute
   * @return this configuration
   */
  public final MemcachedConfiguration<K, V> setTimeout(Duration timeout) {
    return set("timeout", timeout.toString());
  }

  /**
   * Sets {@code codec}: how values are converted to bytes. Default: {@code java}.
   *
   * @param name {@code java}, {@code string}, {@code bytes}, {@code json}, or the name of a class
   *     that implements {@link ValueCodec}
   * @return this configuration
   */
  public final MemcachedConfiguration<K, V> setCodec(String name) {
    return set(CODEC, name);
  }

  /**
   * Sets {@code codec} to a codec of the application. Default: {@code java}.
   *
   * @param codec a public class with a public constructor without parameters
   * @return this configuration
   */
  public final MemcachedConfiguration<K, V> setCodec(Class<? extends ValueCodec> codec) {
    return set(CODEC, codec.getName());
  }

  /**
   * Sets the codec of the values to this instance, with an {@code ObjectMapper} of the application
   * for example. As setting {@code codec}, the configuration then has the name of its class; or, if
   * the setting does not take that, the name of {@link ValueCodec}.
   *
   * @param codec follows the rules of {@link ValueCodec}; belongs to the application, which may use
   *     it for several caches
   * @return this configuration
   */
  public final MemcachedConfiguration<K, V> setCodec(ValueCodec codec) {
    settings.put(CODEC, nameOf(codec));
    this.codec = codec;
    return this;
  }

  private static String nameOf(ValueCodec codec) {
    String name = codec.getClass().getName();
    try {
      SettingCatalog.checkForCache(CODEC, name, "");
    } catch (IllegalArgumentException e) {
      return ValueCodec.class.getName();
    }
    return name;
  }

  /**
   * Sets the loader to this instance. Reading calls it only with {@link #setReadThrough}.
   *
   * @param loader thread-safe; belongs to the application: it is not closed with the cache
   * @return this configuration
   */
  public final MemcachedConfiguration<K, V> setCacheLoader(CacheLoader<K, V> loader) {
    return setCacheLoaderFactory(new GivenInstance<>(requireNonNull(loader, "loader")));
  }

  /**
   * Sets the writer to this instance. It is called only with {@link #setWriteThrough}.
   *
   * @param writer thread-safe; belongs to the application: it is not closed with the cache
   * @return this configuration
   */
  public final MemcachedConfiguration<K, V> setCacheWriter(
      CacheWriter<? super K, ? super V> writer) {
    return setCacheWriterFactory(new GivenInstance<>(requireNonNull(writer, "writer")));
  }

  /**
   * Adds this instance as a listener.
   *
   * @param listener thread-safe; belongs to the application: it is not closed with the cache
   * @param filter of the events, also of the application; or null
   * @param oldValues whether events contain the old value, which takes a read before each write
   * @param synchronous whether the listener is called before the call that causes an event returns
   * @return this configuration
   * @throws IllegalArgumentException if the same was added before
   */
  public final MemcachedConfiguration<K, V> addListener(
      CacheEntryListener<? super K, ? super V> listener,
      @Nullable CacheEntryEventFilter<? super K, ? super V> filter,
      boolean oldValues,
      boolean synchronous) {
    return addCacheEntryListenerConfiguration(
        new MutableCacheEntryListenerConfiguration<>(
            new GivenInstance<>(requireNonNull(listener, "listener")),
            filter == null ? null : new GivenInstance<>(filter),
            oldValues,
            synchronous));
  }

  /**
   * Sets {@code format}: the layout of values on the servers, an envelope or what clients in other
   * languages write. Default: {@link ItemFormat#AUTO}.
   *
   * @return this configuration
   */
  public final MemcachedConfiguration<K, V> setFormat(ItemFormat format) {
    return set("format", nameOf(format));
  }

  /**
   * Sets {@code key.strategy}: how keys are converted to keys of memcached. Default: {@link
   * KeyStrategy#AUTO}.
   *
   * @return this configuration
   */
  public final MemcachedConfiguration<K, V> setKeyStrategy(KeyStrategy strategy) {
    return set("key.strategy", nameOf(strategy));
  }

  /**
   * Sets {@code key.prefix}: the prefix of all keys of the cache on the servers. The prefix of one
   * cache must not begin with that of another. Default: {@code {application}:{cache}:}.
   *
   * @param prefix text in which {@code {application}} and {@code {cache}} are replaced by the names
   * @return this configuration
   */
  public final MemcachedConfiguration<K, V> setKeyPrefix(String prefix) {
    return set("key.prefix", prefix);
  }

  /**
   * Sets {@code compression.type}: how values are compressed when they are written. Compressed
   * values are readable regardless of this setting. Default: {@link CompressionType#NONE}.
   *
   * @return this configuration
   */
  public final MemcachedConfiguration<K, V> setCompression(CompressionType type) {
    return set("compression.type", nameOf(type));
  }

  /**
   * Sets {@code compression.threshold}: the size from which on values are compressed. Default: 4096
   * bytes.
   *
   * @param bytes the size in bytes, 0 to 1073741824
   * @return this configuration
   */
  public final MemcachedConfiguration<K, V> setCompressionThreshold(long bytes) {
    return set("compression.threshold", Long.toString(bytes));
  }

  /**
   * Sets {@code on.failure}: what happens to a call when the servers fail. Default: {@link
   * FailurePolicy#DEGRADE}.
   *
   * @return this configuration
   */
  public final MemcachedConfiguration<K, V> setOnFailure(FailurePolicy policy) {
    return set("on.failure", nameOf(policy));
  }

  /**
   * Sets {@code clear}: how all entries of the cache are removed at once. All clients of a cache
   * must use the same strategy. Default: {@link ClearStrategy#SCAN}.
   *
   * @return this configuration
   */
  public final MemcachedConfiguration<K, V> setClear(ClearStrategy strategy) {
    return set("clear", nameOf(strategy));
  }

  private static String nameOf(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  @Override
  MemcachedConfiguration<K, V> self() {
    return this;
  }

  /**
   * {@inheritDoc} Configurations are equal if the attributes of JCache, all settings and the given
   * codecs are.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other)
        && other instanceof MemcachedConfiguration<?, ?> that
        && settings.equals(that.settings)
        && Objects.equals(codec, that.codec);
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + settings.hashCode();
  }
}
