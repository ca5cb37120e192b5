package org.jcachememcached.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jcachememcached.micrometer.OperationsFiles.PanelQuery;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rules and the dashboard of {@code docs/operations} on a real Prometheus; skipped where it is
 * not installed ({@code bin/test} installs it).
 */
@Timeout(120)
class PrometheusIT {

  /** Some scrapes, which take place every second. */
  private static final String RANGE = "5s";

  @Test
  void rulesAreValid() throws Exception {
    promtool("check", "rules", OperationsFiles.RULES);
  }

  @Test
  void rulesReportWhatTheyShould() throws Exception {
    promtool("test", "rules", OperationsFiles.RULES_TEST);
  }

  private static void promtool(String verb, String what, Path file)
      throws IOException, InterruptedException {
    assumeTrue(Prometheus.hasProgram("promtool"), "promtool is not installed");
    Process process =
        new ProcessBuilder("promtool", verb, what, file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void everyPanelHasDataAndAnOutageIsReported(@TempDir Path folder) throws Exception {
    assumeTrue(Prometheus.hasProgram("prometheus"), "prometheus is not installed");
    try (MemcachedServer stable = MemcachedServer.start();
        MemcachedServer failing = MemcachedServer.start();
        LoadedShop shop = new LoadedShop(stable.address() + "," + failing.address());
        Prometheus prometheus = Prometheus.start(folder, shop.address())) {
      await().untilAsserted(() -> assertThat(withoutData(prometheus)).isEmpty());
      assertThat(alerts(prometheus, "MemcachedServerDown")).isEmpty();

      failing.stop();

      await()
          .untilAsserted(
              () -> {
                assertThat(alerts(prometheus, "MemcachedServerDown")).containsExactly(1.0);
                assertThat(
                        prometheus.query(
                            "sum(rate(memcached_cache_degraded_total[" + RANGE + "]))"))
                    .singleElement()
                    .satisfies(rate -> assertThat(rate).isPositive());
              });
    }
  }

  private static List<PanelQuery> withoutData(Prometheus prometheus) {
    return OperationsFiles.panelQueries().stream()
        .filter(query -> prometheus.query(query.expanded(RANGE)).isEmpty())
        .toList();
  }

  /** Of those that are about to be reported, because the rule asks for a minute. */
  private static List<Double> alerts(Prometheus prometheus, String name) {
    return prometheus.query("ALERTS{alertname=\"" + name + "\"}");
  }
}
