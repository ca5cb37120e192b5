package org.jcachememcached.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.jcachememcached.MemcachedCacheManager;
import org.jcachememcached.micrometer.MemcachedMetrics;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;

/** Health and metrics, and what is said of mistakes. Integration tests do so with Boot 4. */
class MonitoringTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  MemcachedAutoConfiguration.class,
                  MemcachedMetricsAutoConfiguration.class,
                  Boot3HealthAutoConfiguration.class))
          .withPropertyValues("memcached.engine=memory");

  private static Health health(MemcachedCacheManager manager, HealthIndicator indicator) {
    assertThat(manager.isClosed()).isFalse();
    return indicator.health();
  }

  @Test
  void isUpWithoutServers() {
    runner.run(
        context ->
            assertThat(
                    health(
                        context.getBean(MemcachedCacheManager.class),
                        context.getBean(HealthIndicator.class)))
                .isEqualTo(Health.up().withDetail("nodes", Map.of()).build()));
  }

  @Test
  void isDownWithAClosedManager() {
    runner.run(
        context -> {
          context.getBean(MemcachedCacheManager.class).close();
          assertThat(context.getBean(HealthIndicator.class).health().getStatus())
              .isEqualTo(Status.DOWN);
        });
  }

  @Test
  void showsNoHealthIfASettingSaysSo() {
    runner
        .withPropertyValues("management.health.memcached.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
  }

  @Test
  void bindsMeters() {
    runner
        .withPropertyValues("memcached.statistics=true")
        .run(
            context -> {
              MeterRegistry registry = new SimpleMeterRegistry();
              context.getBean(MemcachedMetrics.class).bindTo(registry);
              context.getBean(CacheManager.class).getCache("users");
              assertThat(registry.get("memcached.caches").gauge().value()).isEqualTo(1);
            });
  }

  @Test
  void worksWithoutActuatorAndMicrometer() {
    runner
        .withClassLoader(
            new FilteredClassLoader("org.springframework.boot.actuate", "io.micrometer"))
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context).hasSingleBean(CacheManager.class);
              assertThat(context).doesNotHaveBean("memcachedHealthIndicator");
              assertThat(context).doesNotHaveBean("memcachedMetrics");
            });
  }

  @Test
  void explainsAMistake() {
    runner
        .withPropertyValues("memcached.tiemout=1s")
        .run(
            context -> {
              FailureAnalysis analysis =
                  new InvalidSettingAnalyzer().analyze(context.getStartupFailure());
              assertThat(analysis.getDescription())
                  .isEqualTo(
                      "Unknown setting \"tiemout\" in the property memcached.tiemout; the nearest"
                          + " known one is timeout");
            });
  }

  @Test
  void explainsAMistakeOfACache() {
    runner
        .withPropertyValues("memcached.caches.users.loader=com.acme.Missing")
        .run(
            context ->
                assertThat(new InvalidSettingAnalyzer().analyze(context.getStartupFailure()))
                    .extracting(FailureAnalysis::getDescription)
                    .asString()
                    .startsWith("Cache 'users' cannot be created: ")
                    .contains("com.acme.Missing"));
  }
}
