package org.jcachememcached.springboot;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jcachememcached.testing.MarkdownPage;

/** The table of all settings in {@code docs/settings.md}, which the provider's tests check. */
final class SettingsTable {

  /** A row: name, where it can be set, default, what is allowed, what it means. */
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `([a-z.]+)` \\|[^|]*\\|([^|]*)\\|([^|]*)\\|([^|]*)\\|$", Pattern.MULTILINE);

  /**
   * One setting.
   *
   * @param defaultText empty for none
   */
  record Row(String name, String defaultText, String allowed, String meaning) {

    private static Row of(MatchResult row) {
      String defaultText = row.group(2).strip();
      return new Row(
          row.group(1),
          defaultText.equals("empty") ? "" : defaultText.replace("`", ""),
          plain(row.group(3)),
          plain(row.group(4)));
    }

    private static String plain(String cell) {
      return cell.strip().replace("\\", "");
    }
  }

  private SettingsTable() {}

  static List<Row> rows() {
    String page = new MarkdownPage(Path.of("../../docs/settings.md")).text();
    String table = page.substring(page.indexOf("<!-- all settings -->"), page.indexOf("<!-- end"));
    return ROW.matcher(table).results().map(Row::of).toList();
  }
}
