package org.jcachememcached.guice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jcachememcached.testing.JavaSample;
import org.jcachememcached.testing.MarkdownPage;
import org.jcachememcached.testing.MarkdownPage.Sample;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java samples of {@code docs/guice.md} compile. */
class DocumentedSamplesTest {

  private static final JavaSample.Context CONTEXT =
      new JavaSample.Context(
          List.of(
              "com.google.inject.*",
              "java.net.URI",
              "java.util.concurrent.CompletionStage",
              "javax.cache.annotation.*",
              "org.jcachememcached.guice.*"),
          """
          record Price(int cents) {}
          interface Database {
            Price price(String product);
            CompletionStage<Price> priceAsync(String product);
          }
          static class OrdersModule extends AbstractModule {}
          Database database;
          """);

  static List<Sample> samples() {
    return new MarkdownPage(Path.of("../docs/guice.md")).samples("java");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void compile(Sample sample) {
    assertThat(new JavaSample(CONTEXT, sample.code()).errors()).isEmpty();
  }
}
