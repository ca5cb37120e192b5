package org.jcachememcached.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jcachememcached.testing.JavaSample;
import org.jcachememcached.testing.MarkdownPage;
import org.jcachememcached.testing.MarkdownPage.Sample;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;

/** The samples of the pages of Spring compile, or are accepted as settings. */
class DocumentedSamplesTest {

  private static final List<MarkdownPage> PAGES =
      Stream.of("spring-boot.md", "spring.md")
          .map(page -> new MarkdownPage(Path.of("../../docs/frameworks", page)))
          .toList();

  /** Samples are types, or methods of a configuration. */
  private static final JavaSample.Context CONTEXT =
      new JavaSample.Context(
          List.of(
              "java.net.URI",
              "java.util.concurrent.CompletableFuture",
              "javax.cache.Caching",
              "javax.cache.integration.CacheLoader",
              "org.jcachememcached.*",
              "org.jcachememcached.spring.*",
              "org.jcachememcached.springboot.*",
              "org.springframework.boot.autoconfigure.SpringBootApplication",
              "org.springframework.cache.annotation.*",
              "org.springframework.context.annotation.*",
              "org.springframework.stereotype.Service"),
          """
          record Product(int number) implements java.io.Serializable {}
          static Product load(int number) {
            return new Product(number);
          }
          """);

  static List<Sample> java() {
    return samples("java");
  }

  static List<Sample> yaml() {
    return samples("yaml");
  }

  private static List<Sample> samples(String language) {
    return PAGES.stream().flatMap(page -> page.samples(language).stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("java")
  void javaCompiles(Sample sample) {
    boolean isMethod = sample.code().startsWith("@Bean");
    String code = isMethod ? "class Configured {\n" + sample.code() + "}\n" : sample.code();

    assertThat(new JavaSample(CONTEXT, code).errors()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("yaml")
  void yamlIsAccepted(Sample sample) {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(MemcachedAutoConfiguration.class))
        // So that nothing connects to the servers of the sample.
        .withPropertyValues("memcached.engine=none", "spring.application.name=shop")
        .withInitializer(application -> load(sample, application))
        .run(application -> assertThat(application).hasNotFailed());
  }

  private static void load(Sample sample, ConfigurableApplicationContext application) {
    ByteArrayResource file = new ByteArrayResource(sample.code().getBytes(StandardCharsets.UTF_8));
    try {
      new YamlPropertySourceLoader()
          .load("sample", file)
          .forEach(application.getEnvironment().getPropertySources()::addLast);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
