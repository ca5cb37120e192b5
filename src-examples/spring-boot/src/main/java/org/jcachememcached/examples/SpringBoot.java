package org.jcachememcached.examples;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A Spring Boot application with the starter: cached methods, many callers at once, a method that
 * returns a future, health and metrics. Its settings are in {@code application.yml}.
 */
@SpringBootApplication
@EnableCaching
class SpringBoot {

  private static final int CALLERS = 20;

  SpringBoot() {}

  /** Runs the application once; takes no arguments. */
  public static void main(String[] arguments) {
    try (ConfigurableApplicationContext application =
        new SpringApplicationBuilder(SpringBoot.class)
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .run(arguments)) {
      CacheManager caches = application.getBean(CacheManager.class);
      say("Caches", caches.getCacheNames());
      callMethods(application.getBean(SlowPrices.class));
      say("Health", health(application));
      say("Metrics", metrics(application.getBean(MeterRegistry.class)));
      application.getBean(javax.cache.CacheManager.class).destroyCache(SlowPrices.CACHE);
    }
  }

  private static void callMethods(SlowPrices prices) {
    say("First call", timed(() -> prices.price("book")));
    say("Second call", timed(() -> prices.price("book")));
    askAtOnce(prices);
    say(
        "At once",
        CALLERS + " callers; the source was asked " + prices.queries() + " times in all");
    say("A future", timed(() -> prices.laterPrice("desk").join()));
    say("Again", timed(() -> prices.laterPrice("desk").join()));
    prices.priceHasChanged("book");
    say("Removed", timed(() -> prices.price("book")));
  }

  private static String timed(Supplier<String> call) {
    long start = System.nanoTime();
    String answer = call.get();
    return "%s, after %.1f ms".formatted(answer, (System.nanoTime() - start) / 1e6);
  }

  private static void askAtOnce(SlowPrices prices) {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      CompletableFuture<?>[] calls =
          Stream.generate(
                  () -> CompletableFuture.supplyAsync(() -> prices.priceForMany("lamp"), callers))
              .limit(CALLERS)
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(calls).join();
    } finally {
      callers.shutdown();
    }
  }

  /** What {@code /actuator/health} shows. */
  private static String health(ConfigurableApplicationContext application) {
    HealthIndicator memcached =
        application.getBean("memcachedHealthIndicator", HealthIndicator.class);
    Health health = memcached.health();
    return health == null ? "unknown" : health.getStatus() + " " + health.getDetails();
  }

  /** What {@code /actuator/metrics/cache.gets} shows. */
  private static String metrics(MeterRegistry meters) {
    return "cache.gets of %s: %.0f hits, %.0f misses"
        .formatted(SlowPrices.CACHE, gets(meters, "hit"), gets(meters, "miss"));
  }

  private static double gets(MeterRegistry meters, String result) {
    return meters
        .get("cache.gets")
        .tags("cache", SlowPrices.CACHE, "result", result)
        .functionCounter()
        .count();
  }

  private static void say(String topic, Object line) {
    System.out.printf("%-13s %s%n", topic, line);
  }
}
