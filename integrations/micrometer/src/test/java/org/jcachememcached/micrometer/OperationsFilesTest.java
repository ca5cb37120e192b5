package org.jcachememcached.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.EntryProcessorException;
import org.jcachememcached.MemcachedCachingProvider;
import org.jcachememcached.micrometer.OperationsFiles.PanelQuery;
import org.jcachememcached.testing.MarkdownPage;
import org.junit.jupiter.api.Test;

/**
 * The rules and the dashboard of {@code docs/operations} use what is there, and all of it is told.
 */
class OperationsFilesTest {

  /** A metric of ours with the conditions on its labels. */
  private static final Pattern SELECTOR =
      Pattern.compile("\\b((?:cache|memcached)_[a-z_]+)\\b(?:\\{([^}]*)\\})?(?!\\w*\\()");

  private static final Pattern EXACT = Pattern.compile("(\\w+)=\"([^\"$]*)\"");

  private static final List<String> SERIES = series();

  /** What Prometheus scrapes of a cache and a server. */
  private static List<String> series() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    NodeMeters.of(new MeterGroup(registry, Tags.of("node", "a:1")), new FakeNode().view());
    try (MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      CacheManager manager = provider.getCacheManager(URI.create("memory:/shop"), null);
      Cache<Object, Object> users =
          manager.createCache("users", new MutableConfiguration<>().setStatisticsEnabled(true));
      new MemcachedMetrics(manager).withCallTimers().bindTo(registry);
      users.get("ada");
      assertThatException()
          .isThrownBy(
              () ->
                  users.invoke(
                      "ada",
                      (entry, arguments) -> {
                        throw new EntryProcessorException("refused");
                      }));
      return registry.scrape().lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  /** The expressions of the rules; what else is in the file names no metrics with an underscore. */
  private static Stream<String> rules() {
    return OperationsFiles.text(OperationsFiles.RULES)
        .lines()
        .filter(line -> !line.contains("summary:") && !line.startsWith("#"));
  }

  private static Set<String> unknown(Stream<String> expressions) {
    return expressions
        .flatMap(expression -> SELECTOR.matcher(expression).results())
        .filter(selector -> SERIES.stream().noneMatch(line -> selects(selector, line)))
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean selects(MatchResult selector, String line) {
    if (!line.startsWith(selector.group(1) + "{") && !line.startsWith(selector.group(1) + " ")) {
      return false;
    }
    String conditions = selector.group(2);
    return conditions == null
        || EXACT.matcher(conditions).results().allMatch(label -> line.contains(label.group()));
  }

  @Test
  void rulesUseMetersThatExist() {
    assertThat(unknown(rules())).isEmpty();
    assertThat(unknown(Stream.of("rate(cache_reads_total[5m])"))).isNotEmpty();
    assertThat(unknown(Stream.of("memcached_node_state{state=\"gone\"} == 1"))).isNotEmpty();
  }

  @Test
  void panelsUseMetersThatExist() {
    List<PanelQuery> queries = OperationsFiles.panelQueries();
    assertThat(queries).hasSizeGreaterThan(20);
    assertThat(unknown(queries.stream().map(PanelQuery::query))).isEmpty();
  }

  @Test
  void everyMeterHasAPanel() {
    String queries =
        OperationsFiles.panelQueries().stream()
            .map(PanelQuery::query)
            .collect(Collectors.joining("\n"));
    Set<String> unseen = new TreeSet<>();
    for (String line : SERIES) {
      String name = line.substring(0, line.indexOf(line.contains("{") ? '{' : ' '));
      if (!queries.contains(name)) {
        unseen.add(name);
      }
    }

    assertThat(unseen)
        .containsExactly(
            // The panels compute the same from the counts in buckets.
            "memcached_cache_calls_seconds_max",
            "memcached_cache_calls_seconds_sum",
            "memcached_cache_lease_waits_seconds_sum");
  }

  @Test
  void everyAlertIsExplainedAndTested() {
    Set<String> alerts = OperationsFiles.alerts();
    assertThat(alerts).hasSizeGreaterThan(10);

    assertThat(new MarkdownPage(OperationsFiles.PAGE).text().lines())
        .containsAll(alerts.stream().map(alert -> "### " + alert).toList());
    String tests = OperationsFiles.text(OperationsFiles.RULES_TEST);
    assertThat(alerts)
        .allSatisfy(alert -> assertThat(tests).contains("alertname: " + alert + "\n"));
  }
}
