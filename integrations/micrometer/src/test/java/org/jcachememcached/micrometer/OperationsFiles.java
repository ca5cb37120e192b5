package org.jcachememcached.micrometer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files of {@code docs/operations}. Stateless. */
final class OperationsFiles {

  static final Path FOLDER = Path.of("../../docs/operations").toAbsolutePath().normalize();
  static final Path RULES = FOLDER.resolve("prometheus-rules.yml");
  static final Path RULES_TEST = FOLDER.resolve("prometheus-rules-test.yml");
  static final Path DASHBOARD = FOLDER.resolve("grafana-dashboard.json");
  static final Path PAGE = FOLDER.resolve("README.md");

  private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

  /** A query of the dashboard with the title of its panel. */
  record PanelQuery(String panel, String query) {

    /** The query as Grafana sends it, for everything and the given range. */
    String expanded(String range) {
      return query
          .replace("$__rate_interval", range)
          .replace("$cache", ".*")
          .replace("$node", ".*");
    }
  }

  private OperationsFiles() {}

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of all alerts. */
  static Set<String> alerts() {
    return ALERT
        .matcher(text(RULES))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The queries of all panels. */
  static List<PanelQuery> panelQueries() {
    List<PanelQuery> queries = new ArrayList<>();
    JsonNode dashboard = JsonMapper.shared().readTree(text(DASHBOARD));
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(new PanelQuery(panel.path("title").asString(), target.path("expr").asString()));
      }
    }
    return queries;
  }
}
