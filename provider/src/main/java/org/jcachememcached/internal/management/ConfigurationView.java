package org.jcachememcached.internal.management;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.function.Function;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.management.CacheMXBean;

/**
 * The configuration of one cache in JMX (JSR-107 section 12.2). It references the cache weakly, so
 * that the MBean server does not keep the classes of a cache in memory that was never closed.
 * Thread-safe.
 */
public final class ConfigurationView<C> implements CacheMXBean {

  private final Reference<C> cache;
  private final Function<? super C, ? extends CompleteConfiguration<?, ?>> configuration;

  /**
   * @param cache held weakly
   * @param configuration the function that returns the configuration of the cache; must not
   *     reference the cache
   */
  public ConfigurationView(
      C cache, Function<? super C, ? extends CompleteConfiguration<?, ?>> configuration) {
    this.cache = new WeakReference<>(cache);
    this.configuration = configuration;
  }

  private CompleteConfiguration<?, ?> configuration() {
    C known = cache.get();
    if (known == null) {
      throw new IllegalStateException("The cache is gone and was not closed");
    }
    return configuration.apply(known);
  }

  @Override
  public String getKeyType() {
    return configuration().getKeyType().getName();
  }

  @Override
  public String getValueType() {
    return configuration().getValueType().getName();
  }

  @Override
  public boolean isReadThrough() {
    return configuration().isReadThrough();
  }

  @Override
  public boolean isWriteThrough() {
    return configuration().isWriteThrough();
  }

  @Override
  public boolean isStoreByValue() {
    return configuration().isStoreByValue();
  }

  @Override
  public boolean isStatisticsEnabled() {
    return configuration().isStatisticsEnabled();
  }

  @Override
  public boolean isManagementEnabled() {
    return configuration().isManagementEnabled();
  }
}
