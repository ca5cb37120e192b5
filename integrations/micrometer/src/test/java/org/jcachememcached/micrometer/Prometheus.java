package org.jcachememcached.micrometer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jcachememcached.testing.MemcachedServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Prometheus process with the rules of {@code docs/operations} that scrapes one application every
 * second, on a free port of 127.0.0.1. Not thread-safe.
 */
final class Prometheus implements AutoCloseable {

  private static final String CONFIGURATION =
      """
      global:
        scrape_interval: 1s
        evaluation_interval: 1s
      rule_files: ['%s']
      scrape_configs:
        - job_name: shop
          static_configs:
            - targets: ['%s']
      """;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI address;
  private final Process process;

  private Prometheus(URI address, Process process) {
    this.address = address;
    this.process = process;
  }

  /** Whether a program of Debian's package is on the PATH. */
  static boolean hasProgram(String name) {
    return List.of(System.getenv("PATH").split(":", -1)).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  /**
   * Starts it.
   *
   * @param folder for its configuration and data
   * @param target host and port of the application
   */
  static Prometheus start(Path folder, String target) throws IOException {
    Path configuration =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            CONFIGURATION.formatted(OperationsFiles.RULES, target));
    String listen = "127.0.0.1:" + MemcachedServer.freePort();
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=" + listen,
                "--log.level=error")
            .inheritIO()
            .start();
    return new Prometheus(URI.create("http://" + listen), process);
  }

  /** The values of an instant query that are numbers; none while it does not answer. */
  List<Double> query(String expression) {
    String path = "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(5)).build();
    List<Double> values = new ArrayList<>();
    try {
      JsonNode answer =
          JsonMapper.shared().readTree(http.send(request, BodyHandlers.ofString()).body());
      if (!answer.path("status").asString().equals("success")) {
        throw new IllegalArgumentException(expression + ": " + answer);
      }
      for (JsonNode result : answer.path("data").path("result")) {
        double value = Double.parseDouble(result.path("value").path(1).asString());
        if (!Double.isNaN(value)) {
          values.add(value);
        }
      }
    } catch (ConnectException starting) {
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return values;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
