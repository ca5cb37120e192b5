package org.jcachememcached;

import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/**
 * A configuration whose setters return its own type, so that calls can be chained. Mutable and not
 * thread-safe.
 *
 * @param <C> its own type
 */
abstract class ChainedConfiguration<K, V, C extends ChainedConfiguration<K, V, C>>
    extends MutableConfiguration<K, V> {

  private static final long serialVersionUID = 1L;

  ChainedConfiguration() {}

  @SuppressWarnings("this-escape") // The constructor of the superclass calls setters.
  ChainedConfiguration(CompleteConfiguration<K, V> original) {
    super(original);
  }

  abstract C self();

  @Override
  public C setTypes(Class<K> keyType, Class<V> valueType) {
    super.setTypes(keyType, valueType);
    return self();
  }

  @Override
  public C addCacheEntryListenerConfiguration(CacheEntryListenerConfiguration<K, V> listener) {
    super.addCacheEntryListenerConfiguration(listener);
    return self();
  }

  @Override
  public C removeCacheEntryListenerConfiguration(CacheEntryListenerConfiguration<K, V> listener) {
    super.removeCacheEntryListenerConfiguration(listener);
    return self();
  }

  @Override
  public C setCacheLoaderFactory(Factory<? extends CacheLoader<K, V>> factory) {
    super.setCacheLoaderFactory(factory);
    return self();
  }

  @Override
  public C setCacheWriterFactory(Factory<? extends CacheWriter<? super K, ? super V>> factory) {
    super.setCacheWriterFactory(factory);
    return self();
  }

  @Override
  public C setExpiryPolicyFactory(Factory<? extends ExpiryPolicy> factory) {
    super.setExpiryPolicyFactory(factory);
    return self();
  }

  @Override
  public C setReadThrough(boolean isReadThrough) {
    super.setReadThrough(isReadThrough);
    return self();
  }

  @Override
  public C setWriteThrough(boolean isWriteThrough) {
    super.setWriteThrough(isWriteThrough);
    return self();
  }

  @Override
  public C setStoreByValue(boolean isStoreByValue) {
    super.setStoreByValue(isStoreByValue);
    return self();
  }

  @Override
  public C setStatisticsEnabled(boolean enabled) {
    super.setStatisticsEnabled(enabled);
    return self();
  }

  @Override
  public C setManagementEnabled(boolean enabled) {
    super.setManagementEnabled(enabled);
    return self();
  }
}
