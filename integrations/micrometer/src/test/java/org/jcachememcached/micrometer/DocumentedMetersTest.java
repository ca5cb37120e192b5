package org.jcachememcached.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;
import org.jcachememcached.MemcachedCachingProvider;
import org.jcachememcached.api.NodeMXBean;
import org.jcachememcached.testing.JavaSample;
import org.jcachememcached.testing.MarkdownPage;
import org.jcachememcached.testing.MarkdownPage.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tables of {@code docs/metrics.md} have the meters that exist, and its samples compile, as
 * does the one on operating.
 */
class DocumentedMetersTest {

  private static final MarkdownPage PAGE = new MarkdownPage(Path.of("../../docs/metrics.md"));

  /** A row: name, type, tags, unit and what is counted. */
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `([a-z.]+)` \\|([^|\n]*)\\|([^|\n]*)\\|([^|\n]*)\\|[^|\n]+\\|$", Pattern.MULTILINE);

  /** The tags whose values name a cache, a server or a method. */
  private static final Set<String> NAMES = Set.of("cache", "node", "operation");

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private static final JavaSample.Context CONTEXT =
      new JavaSample.Context(
          List.of(
              "io.micrometer.core.instrument.*",
              "io.micrometer.core.instrument.config.*",
              "io.micrometer.core.instrument.distribution.*",
              "io.micrometer.observation.*",
              "javax.cache.*",
              "org.jcachememcached.micrometer.*"),
          "CacheManager manager; CacheManager orders; MeterRegistry registry; ObservationRegistry observationRegistry;");

  /**
   * Meters of one name.
   *
   * @param tags the keys of tags, with all their values where these do not name something
   */
  private record Row(String type, Set<String> tags, String unit) {

    static Row of(Meter.Id id) {
      String unit = Objects.requireNonNullElse(id.getBaseUnit(), "");
      Set<String> tags = new TreeSet<>(id.getTags().stream().map(Row::tag).toList());
      return new Row(id.getType().name().toLowerCase(Locale.ROOT), tags, unit);
    }

    private static String tag(Tag tag) {
      return NAMES.contains(tag.getKey()) ? tag.getKey() : tag.getKey() + "=" + tag.getValue();
    }

    Row and(Row other) {
      Set<String> both = new TreeSet<>(tags);
      both.addAll(other.tags);
      return new Row(type, both, unit);
    }
  }

  static List<Sample> samples() {
    return Stream.of(PAGE, new MarkdownPage(OperationsFiles.PAGE))
        .flatMap(page -> page.samples("java").stream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void samplesCompile(Sample sample) {
    assertThat(new JavaSample(CONTEXT, sample.code()).errors()).isEmpty();
  }

  @Test
  void everyMeterHasARowAndEveryRowAMeter() {
    assertThat(documented()).isEqualTo(registered());
  }

  private static Map<String, Row> documented() {
    Map<String, Row> rows = new TreeMap<>();
    for (MatchResult row : ROW.matcher(PAGE.text()).results().toList()) {
      Set<String> tags = new TreeSet<>(codes(row.group(3)));
      Row earlier =
          rows.put(row.group(1), new Row(row.group(2).strip(), tags, row.group(4).strip()));
      assertThat(earlier).as("an earlier row of %s", row.group(1)).isNull();
    }
    return rows;
  }

  private static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map(code -> code.group(1)).toList();
  }

  private static Object refuse(MutableEntry<Object, Object> entry, Object... arguments) {
    throw new EntryProcessorException("refused");
  }

  private static Map<String, Row> registered() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    NodeMXBean node = new FakeNode().view();
    NodeMeters.of(new MeterGroup(registry, Tags.of("node", "a:1")), node);
    try (MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      CacheManager manager = provider.getCacheManager(URI.create("memory:/shop"), null);
      Cache<Object, Object> users =
          manager.createCache("users", new MutableConfiguration<>().setStatisticsEnabled(true));
      new MemcachedMetrics(manager).withCallTimers().bindTo(registry);
      users.get("ada");
      assertThatException().isThrownBy(() -> users.invoke("ada", DocumentedMetersTest::refuse));
      Map<String, Row> rows = new TreeMap<>();
      for (Meter meter : registry.getMeters()) {
        if (meter.getId().syntheticAssociation() == null) {
          rows.merge(meter.getId().getName(), Row.of(meter.getId()), Row::and);
        }
      }
      return rows;
    }
  }
}
