package org.jcachememcached.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jcachememcached.testing.JavaSample;
import org.jcachememcached.testing.MarkdownPage;
import org.jcachememcached.testing.MarkdownPage.Sample;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java samples of {@code docs/testing.md} compile. */
class DocumentedSamplesTest {

  private static final JavaSample.Context CONTEXT =
      new JavaSample.Context(
          List.of(
              "javax.cache.*",
              "javax.cache.configuration.*",
              "org.jcachememcached.junit.*",
              "org.junit.jupiter.api.*",
              "org.junit.jupiter.api.extension.*"),
          """
          static void assertEquals(Object expected, Object actual) {}
          """);

  static List<Sample> samples() {
    return new MarkdownPage(Path.of("../../docs/testing.md")).samples("java");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void compile(Sample sample) {
    assertThat(new JavaSample(CONTEXT, sample.code()).errors()).isEmpty();
  }
}
