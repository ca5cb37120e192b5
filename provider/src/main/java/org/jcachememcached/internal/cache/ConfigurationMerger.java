package org.jcachememcached.internal.cache;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryListener;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.ExpiryRule;
import org.jcachememcached.internal.config.ListenerRule;
import org.jcachememcached.internal.config.Setting;
import org.jcachememcached.internal.config.Settings;

/**
 * Adds the JCache attributes that the settings of a cache define: what the configuration leaves at
 * the default of JCache is taken from the settings. For one use; not thread-safe.
 */
final class ConfigurationMerger<K, V> {

  private final MutableConfiguration<K, V> configuration;
  private final Settings settings;
  private final Supplier<ClassLoader> classLoader;

  private ConfigurationMerger(
      MutableConfiguration<K, V> configuration,
      Settings settings,
      Supplier<ClassLoader> classLoader) {
    this.configuration = configuration;
    this.settings = settings;
    this.classLoader = classLoader;
  }

  /**
   * Completes a configuration.
   *
   * @throws javax.cache.CacheException if a class that a setting names is not available
   */
  static void complete(
      MutableConfiguration<?, ?> configuration,
      Settings settings,
      Supplier<ClassLoader> classLoader) {
    new ConfigurationMerger<>(configuration, settings, classLoader).complete();
  }

  private void complete() {
    completeTypes();
    if (configuration.getExpiryPolicyFactory().equals(EternalExpiryPolicy.factoryOf())) {
      configuration.setExpiryPolicyFactory(expiry(settings.get(CacheSettings.EXPIRY)));
    }
    if (configuration.getCacheLoaderFactory() == null && isNamed(CacheSettings.LOADER)) {
      configuration.setCacheLoaderFactory(factory(CacheLoader.class, CacheSettings.LOADER));
    }
    if (configuration.getCacheWriterFactory() == null && isNamed(CacheSettings.WRITER)) {
      configuration.setCacheWriterFactory(factory(CacheWriter.class, CacheSettings.WRITER));
    }
    settings.get(CacheSettings.LISTENERS).forEach(this::add);
    configuration
        .setReadThrough(configuration.isReadThrough() || settings.get(CacheSettings.READ_THROUGH))
        .setWriteThrough(
            configuration.isWriteThrough() || settings.get(CacheSettings.WRITE_THROUGH))
        .setStatisticsEnabled(
            configuration.isStatisticsEnabled() || settings.get(CacheSettings.STATISTICS))
        .setManagementEnabled(
            configuration.isManagementEnabled() || settings.get(CacheSettings.MANAGEMENT));
  }

  @SuppressWarnings("unchecked") // The types are not used before the cache is created.
  private void completeTypes() {
    if (configuration.getKeyType() == Object.class) {
      configuration.setTypes((Class<K>) load(CacheSettings.KEY_TYPE), configuration.getValueType());
    }
    if (configuration.getValueType() == Object.class) {
      configuration.setTypes(configuration.getKeyType(), (Class<V>) load(CacheSettings.VALUE_TYPE));
    }
  }

  private Class<?> load(Setting<String> setting) {
    return ClassFactory.load(settings.get(setting), setting, settings, classLoader.get());
  }

  private boolean isNamed(Setting<String> setting) {
    return !settings.get(setting).isEmpty();
  }

  private <T> Factory<T> factory(Class<? super T> wanted, Setting<String> setting) {
    return factory(settings.get(setting), wanted, setting);
  }

  private <T> Factory<T> factory(String className, Class<? super T> wanted, Setting<?> setting) {
    return ClassFactory.named(className, wanted, setting, settings, classLoader.get());
  }

  private Factory<? extends ExpiryPolicy> expiry(ExpiryRule rule) {
    return switch (rule.kind()) {
      case ETERNAL -> EternalExpiryPolicy.factoryOf();
      case CREATED -> CreatedExpiryPolicy.factoryOf(duration(rule));
      case ACCESSED -> AccessedExpiryPolicy.factoryOf(duration(rule));
      case MODIFIED -> ModifiedExpiryPolicy.factoryOf(duration(rule));
      case TOUCHED -> TouchedExpiryPolicy.factoryOf(duration(rule));
      case CLASS -> factory(rule.className(), ExpiryPolicy.class, CacheSettings.EXPIRY);
    };
  }

  private static Duration duration(ExpiryRule rule) {
    return new Duration(TimeUnit.MILLISECONDS, rule.duration().toMillis());
  }

  private void add(ListenerRule rule) {
    Factory<CacheEntryListener<? super K, ? super V>> listener =
        factory(rule.className(), CacheEntryListener.class, CacheSettings.LISTENERS);
    Factory<CacheEntryEventFilter<? super K, ? super V>> filter =
        rule.filter().isEmpty()
            ? null
            : factory(rule.filter(), CacheEntryEventFilter.class, CacheSettings.LISTENERS);
    CacheEntryListenerConfiguration<K, V> registration =
        new MutableCacheEntryListenerConfiguration<>(
            listener, filter, rule.oldValues(), rule.synchronous());
    if (!isRegistered(registration)) {
      configuration.addCacheEntryListenerConfiguration(registration);
    }
  }

  /**
   * A configuration that was obtained from a cache contains the listeners that the settings name.
   */
  private boolean isRegistered(CacheEntryListenerConfiguration<K, V> registration) {
    for (CacheEntryListenerConfiguration<K, V> known :
        configuration.getCacheEntryListenerConfigurations()) {
      if (known.equals(registration)) {
        return true;
      }
    }
    return false;
  }
}
