package org.jcachememcached.springboot;

import io.micrometer.core.instrument.MeterRegistry;
import org.jcachememcached.MemcachedCacheManager;
import org.jcachememcached.micrometer.MemcachedMetrics;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Meters of the caches and servers, where the application has Micrometer. */
@AutoConfiguration(after = MemcachedAutoConfiguration.class)
@ConditionalOnClass(MeterRegistry.class)
public final class MemcachedMetricsAutoConfiguration {

  MemcachedMetricsAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnSingleCandidate(MemcachedCacheManager.class)
  MemcachedMetrics memcachedMetrics(MemcachedCacheManager manager) {
    return new MemcachedMetrics(manager);
  }
}
