package org.jcachememcached.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jcachememcached.MemcachedCachingProvider;
import org.junit.jupiter.api.Test;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application on Spring without Boot. */
class PlainSpringTest {

  /** As in {@code docs/frameworks/spring.md}, with the engine in memory. */
  @Configuration
  @EnableCaching
  static class Caches {

    @Bean
    javax.cache.CacheManager memcached() {
      return new MemcachedCachingProvider().getCacheManager(URI.create("memory:plain"), null);
    }

    @Bean
    CacheManager cacheManager(javax.cache.CacheManager memcached) {
      return SpringCacheManager.creatingMissingCaches(memcached);
    }

    @Bean
    Numbers numbers() {
      return new Numbers();
    }
  }

  /** Cached methods, which count their runs. */
  static class Numbers {

    private final AtomicInteger runs = new AtomicInteger();

    @Cacheable("numbers")
    public int next(String name) {
      return runs.incrementAndGet();
    }

    @Cacheable(cacheNames = "numbers", sync = true)
    public CompletableFuture<Integer> later(String name) {
      return CompletableFuture.completedFuture(runs.incrementAndGet());
    }
  }

  @Test
  void cachesMethods() {
    try (AnnotationConfigApplicationContext application =
        new AnnotationConfigApplicationContext(Caches.class)) {
      Numbers numbers = application.getBean(Numbers.class);

      assertThat(numbers.next("a")).isEqualTo(1);
      assertThat(numbers.next("a")).isEqualTo(1);
      assertThat(numbers.later("b").join()).isEqualTo(2);
      assertThat(numbers.later("b").join()).isEqualTo(2);
    }
  }

  @Test
  void needsNoBoot() throws IOException {
    Path sources = Path.of("src/main/java/org/jcachememcached/spring");
    try (Stream<Path> files = Files.list(sources)) {
      List<String> imports = files.flatMap(PlainSpringTest::importsOf).toList();

      assertThat(imports)
          .contains("import org.springframework.cache.CacheManager;")
          .noneMatch(line -> line.contains("springframework.boot"));
    }
  }

  private static Stream<String> importsOf(Path file) {
    try {
      return Files.readAllLines(file).stream().filter(line -> line.startsWith("import "));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
