package org.jcachememcached.internal.cache;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.codec.interop.FormatChoice;
import org.jcachememcached.internal.config.Settings;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a cache at one moment: a copy of the one it was created with, so that later
 * changes to the original have no effect, replaced by a new copy when listeners, statistics or
 * management change. Immutable.
 */
public final class EffectiveConfiguration<K, V> implements CompleteConfiguration<K, V> {

  private static final long serialVersionUID = 1L;

  private final MutableConfiguration<K, V> copy;
  private final transient Settings settings;
  private final transient @Nullable ValueCodec codec;

  private EffectiveConfiguration(
      MutableConfiguration<K, V> copy, Settings settings, @Nullable ValueCodec codec) {
    this.copy = copy;
    this.settings = settings;
    this.codec = codec;
  }

  /**
   * Completes a plain {@link Configuration} with the defaults of JSR-107, and attributes that have
   * these defaults with the settings of the cache.
   *
   * @param settings the settings of the cache; general defaults that contradict the settings of
   *     this cache are ignored
   * @param classLoader loads the classes that the settings name
   * @throws javax.cache.CacheException if a class that a setting names is not available
   */
  public static <K, V> EffectiveConfiguration<K, V> of(
      Configuration<K, V> original, Settings settings, Supplier<ClassLoader> classLoader) {
    MutableConfiguration<K, V> copy =
        original instanceof CompleteConfiguration<K, V> complete
            ? new MutableConfiguration<>(complete)
            : new MutableConfiguration<K, V>()
                .setTypes(original.getKeyType(), original.getValueType())
                .setStoreByValue(original.isStoreByValue());
    ConfigurationMerger.complete(copy, settings, classLoader);
    return new EffectiveConfiguration<>(copy, FormatChoice.reconciled(settings), null);
  }

  /** The same with a codec of the application in place of the one that the setting names. */
  public EffectiveConfiguration<K, V> withCodec(@Nullable ValueCodec given) {
    return new EffectiveConfiguration<>(copy, settings, given);
  }

  /** The codec that the application has given, or null: then the setting names it. */
  public @Nullable ValueCodec codec() {
    return codec;
  }

  /** The settings, which JCache does not define. */
  public Settings settings() {
    return settings;
  }

  EffectiveConfiguration<K, V> withListener(CacheEntryListenerConfiguration<K, V> listener) {
    return with(mutableCopy().addCacheEntryListenerConfiguration(listener));
  }

  EffectiveConfiguration<K, V> withoutListener(CacheEntryListenerConfiguration<K, V> listener) {
    return with(mutableCopy().removeCacheEntryListenerConfiguration(listener));
  }

  EffectiveConfiguration<K, V> withStatistics(boolean enabled) {
    return with(mutableCopy().setStatisticsEnabled(enabled));
  }

  EffectiveConfiguration<K, V> withManagement(boolean enabled) {
    return with(mutableCopy().setManagementEnabled(enabled));
  }

  private EffectiveConfiguration<K, V> with(MutableConfiguration<K, V> changed) {
    return new EffectiveConfiguration<>(changed, settings, codec);
  }

  /**
   * This configuration as the wanted type; as a {@link MutableConfiguration} it is a copy that
   * belongs to the caller.
   *
   * @throws IllegalArgumentException if it is not available as that type
   */
  public <C extends Configuration<K, V>> C as(Class<C> type) {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    if (type == (Class<?>) MutableConfiguration.class) {
      return type.cast(mutableCopy());
    }
    throw new IllegalArgumentException("The configuration of the cache is no " + type.getName());
  }

  private MutableConfiguration<K, V> mutableCopy() {
    return new MutableConfiguration<>(copy);
  }

  @Override
  public Class<K> getKeyType() {
    return copy.getKeyType();
  }

  @Override
  public Class<V> getValueType() {
    return copy.getValueType();
  }

  @Override
  public boolean isStoreByValue() {
    return copy.isStoreByValue();
  }

  @Override
  public boolean isReadThrough() {
    return copy.isReadThrough();
  }

  @Override
  public boolean isWriteThrough() {
    return copy.isWriteThrough();
  }

  @Override
  public boolean isStatisticsEnabled() {
    return copy.isStatisticsEnabled();
  }

  @Override
  public boolean isManagementEnabled() {
    return copy.isManagementEnabled();
  }

  @Override
  public Iterable<CacheEntryListenerConfiguration<K, V>> getCacheEntryListenerConfigurations() {
    List<CacheEntryListenerConfiguration<K, V>> listeners = new ArrayList<>();
    copy.getCacheEntryListenerConfigurations().forEach(listeners::add);
    return Collections.unmodifiableList(listeners);
  }

  @Override
  public @Nullable Factory<CacheLoader<K, V>> getCacheLoaderFactory() {
    return copy.getCacheLoaderFactory();
  }

  @Override
  public @Nullable Factory<CacheWriter<? super K, ? super V>> getCacheWriterFactory() {
    return copy.getCacheWriterFactory();
  }

  @Override
  public Factory<ExpiryPolicy> getExpiryPolicyFactory() {
    return copy.getExpiryPolicyFactory();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EffectiveConfiguration<?, ?> that && copy.equals(that.copy);
  }

  @Override
  public int hashCode() {
    return copy.hashCode();
  }
}
