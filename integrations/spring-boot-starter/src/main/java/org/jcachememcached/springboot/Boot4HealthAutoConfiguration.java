package org.jcachememcached.springboot;

import org.jcachememcached.MemcachedCacheManager;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;

/** The health of the servers, where the application has the Actuator of Spring Boot 4. */
@AutoConfiguration(after = MemcachedAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
public final class Boot4HealthAutoConfiguration {

  Boot4HealthAutoConfiguration() {}

  @Bean
  @ConditionalOnEnabledHealthIndicator("memcached")
  @ConditionalOnMissingBean(name = "memcachedHealthIndicator")
  @ConditionalOnSingleCandidate(MemcachedCacheManager.class)
  HealthIndicator memcachedHealthIndicator(
      MemcachedCacheManager manager,
      @Value("${" + NodesHealth.DOWN_WHEN_UNREACHABLE + ":false}") boolean downWhenUnreachable) {
    return new Indicator(manager, downWhenUnreachable);
  }

  private static final class Indicator extends AbstractHealthIndicator {

    private final MemcachedCacheManager manager;
    private final boolean downWhenUnreachable;

    Indicator(MemcachedCacheManager manager, boolean downWhenUnreachable) {
      super("The servers of the caches cannot be looked at");
      this.manager = manager;
      this.downWhenUnreachable = downWhenUnreachable;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
      NodesHealth nodes = NodesHealth.of(manager);
      builder
          .status(nodes.allDown() && downWhenUnreachable ? Status.DOWN : Status.UP)
          .withDetail("nodes", nodes.details());
    }
  }
}
