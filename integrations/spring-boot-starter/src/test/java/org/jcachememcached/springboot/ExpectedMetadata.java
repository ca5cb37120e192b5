package org.jcachememcached.springboot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jcachememcached.springboot.SettingsTable.Row;
import org.jspecify.annotations.Nullable;

/**
 * What editors are to know of {@code memcached.*}: each setting of the table, and what only the
 * starter has; in the format of {@code spring-configuration-metadata.json}. Stateless.
 */
final class ExpectedMetadata {

  private static final Pattern CHOICES = Pattern.compile("([a-z0-9]+(?: or [a-z0-9]+)+)");
  private static final Pattern CHOICES_OR_CLASS =
      Pattern.compile("([a-z]+(?:, [a-z]+)+) or the full name .*");

  private static final String TEXT = "java.lang.String";
  private static final String TRUTH = "java.lang.Boolean";

  private ExpectedMetadata() {}

  static String text() {
    List<Row> rows = SettingsTable.rows();
    Stream<String> properties =
        Stream.concat(rows.stream().map(ExpectedMetadata::property), ofStarter());
    Stream<String> hints =
        rows.stream().filter(row -> !choices(row).isEmpty()).map(ExpectedMetadata::hint);
    return """
    {
      "properties": [
    %s
      ],
      "hints": [
    %s
      ]
    }
    """
        .formatted(
            properties.collect(Collectors.joining(",\n")),
            hints.collect(Collectors.joining(",\n")));
  }

  private static Stream<String> ofStarter() {
    return Stream.of(
        property(
            "memcached.uri",
            TEXT,
            "The URI of the cache manager, such as classpath:caches.conf for a configuration file; if it is not set, that of the environment variable JCACHE_MEMCACHED_URI, else memcached:///.",
            null),
        property(
            "memcached.caches",
            "java.util.Map<java.lang.String,java.util.Map<java.lang.String,java.lang.String>>",
            "The declared caches by name, each with its settings, as in memcached.caches.users.expiry; or a list of names. With any, other caches are not created.",
            null),
        property(
            "management.health.memcached.enabled",
            TRUTH,
            "Whether the health of the application shows the memcached servers.",
            "true"),
        property(
            NodesHealth.DOWN_WHEN_UNREACHABLE,
            TRUTH,
            "Whether the application is down while none of the memcached servers can be used.",
            "false"));
  }

  private static String property(Row row) {
    return property("memcached." + row.name(), type(row), row.meaning(), defaultValue(row));
  }

  private static String property(
      String name, String type, String description, @Nullable String defaultValue) {
    List<String> lines = new ArrayList<>();
    lines.add(member("name", quoted(name)));
    lines.add(member("type", quoted(type)));
    lines.add(member("description", quoted(description)));
    if (defaultValue != null) {
      lines.add(member("defaultValue", defaultValue));
    }
    return "    {\n" + String.join(",\n", lines) + "\n    }";
  }

  private static String member(String name, String value) {
    return "      \"" + name + "\": " + value;
  }

  private static String type(Row row) {
    if (row.allowed().equals("true or false")) {
      return TRUTH;
    }
    return row.allowed().startsWith("a whole number") ? "java.lang.Integer" : TEXT;
  }

  private static @Nullable String defaultValue(Row row) {
    if (row.defaultText().isEmpty()) {
      return null;
    }
    return type(row).equals(TEXT) ? quoted(row.defaultText()) : row.defaultText();
  }

  private static String hint(Row row) {
    String values =
        choices(row).stream()
            .map(choice -> "{ \"value\": " + quoted(choice) + " }")
            .collect(Collectors.joining(", "));
    String others =
        CHOICES.matcher(row.allowed()).matches()
            ? ""
            : ",\n" + member("providers", "[{ \"name\": \"any\" }]");
    return "    {\n"
        + member("name", quoted("memcached." + row.name()))
        + ",\n"
        + member("values", "[" + values + "]")
        + others
        + "\n    }";
  }

  private static List<String> choices(Row row) {
    if (row.allowed().equals("true or false")) {
      return List.of();
    }
    Matcher choices = CHOICES.matcher(row.allowed());
    if (choices.matches()) {
      return Arrays.asList(choices.group(1).split(" or "));
    }
    Matcher orClass = CHOICES_OR_CLASS.matcher(row.allowed());
    return orClass.matches() ? Arrays.asList(orClass.group(1).split(", ")) : List.of();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
