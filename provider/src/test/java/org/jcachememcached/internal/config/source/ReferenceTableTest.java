package org.jcachememcached.internal.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.ExpiryRule;
import org.jcachememcached.internal.config.ExpiryRule.Kind;
import org.jcachememcached.internal.config.ListenerRule;
import org.jcachememcached.internal.config.ManagerSettings;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.config.Setting;
import org.jcachememcached.internal.config.SettingCatalog;
import org.jcachememcached.internal.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/settings.md} says is true: its table of all settings, and its example. */
class ReferenceTableTest {

  private static final Path PAGE = Path.of("../docs/settings.md");
  private static final Path RIGHT_PAGE = Path.of("target/settings.md");

  private static final Pattern TABLE =
      Pattern.compile("(?s)(?<=<!-- all settings -->\n\n).*?(?=<!-- end -->)");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```hocon\n(.*?)```");

  @Test
  void tableIsThatOfTheCatalog() throws IOException {
    String page = Files.readString(PAGE);
    String right = TABLE.matcher(page).replaceFirst(Matcher.quoteReplacement(table() + "\n"));

    Files.writeString(RIGHT_PAGE, right);

    assertThat(page)
        .as("The table in docs/settings.md; what it should be is in provider/%s", RIGHT_PAGE)
        .isEqualTo(right);
  }

  @Test
  void exampleIsRight(@TempDir Path directory) throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(PAGE));
    assertThat(example.find()).isTrue();
    Path file = Files.writeString(directory.resolve("shop.conf"), example.group(1));

    Settings settings =
        SettingsReader.read(file.toUri(), new Properties(), Map.of(), Source.NO_FILES);

    assertThat(settings.declaredCaches())
        .containsExactly("com.acme.Country", "prices", "sessions", "users");
    assertThat(settings.get(ConnectionSettings.SERVERS).listed()).hasSize(2);
    assertThat(settings.get(ManagerSettings.APPLICATION)).isEqualTo("shop");
    assertThat(settings.forCache("users").get(CacheSettings.LOADER))
        .isEqualTo("com.acme.UserLoader");
    assertThat(settings.forCache("users").get(CacheSettings.LISTENERS))
        .containsExactly(new ListenerRule("com.acme.UserListener", false, true, ""));
    assertThat(settings.forCache("sessions").get(CacheSettings.EXPIRY))
        .isEqualTo(new ExpiryRule(Kind.ACCESSED, Duration.ofMinutes(30), ""));
    assertThat(settings.forCache("sessions").get(ConnectionSettings.SERVERS).listed())
        .containsExactly(new Server("10.0.1.1", 11211, 1));
    assertThat(settings.forCache("com.acme.Country").get(CacheSettings.EXPIRY).kind())
        .isEqualTo(Kind.ETERNAL);
    assertThat(settings.forCache("prices").get(CacheSettings.EXPIRY).duration())
        .isEqualTo(Duration.ofHours(1));
  }

  private static String table() {
    return SettingCatalog.ALL.stream()
        .map(ReferenceTableTest::row)
        .collect(
            Collectors.joining(
                "\n",
                """
                | setting | can be set in | default | allowed | meaning |
                |---|---|---|---|---|
                """,
                "\n"));
  }

  private static String row(Setting<?> setting) {
    String defaultText = setting.defaultText();
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            setting.name(),
            String.join(", ", places(setting)),
            defaultText.isEmpty() ? "empty" : '`' + defaultText + '`',
            inMarkdown(setting.type().allowed()),
            inMarkdown(setting.meaning()));
  }

  private static List<String> places(Setting<?> setting) {
    List<String> places = new ArrayList<>(List.of("file"));
    if (Source.ENVIRONMENT.canSet(setting)) {
      places.add('`' + Environment.VARIABLES.get(setting) + '`');
    }
    if (Source.URI_PARAMETER.canSet(setting)) {
      places.add("URI");
    }
    places.add("property");
    if (SettingCatalog.isForCaches(setting)) {
      places.add("cache");
    }
    return places;
  }

  private static String inMarkdown(String text) {
    return text.replaceAll("[|*<>]", "\\\\$0");
  }
}
