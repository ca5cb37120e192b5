package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.spy.memcached.MemcachedClient;
import org.junit.jupiter.api.Test;

/**
 * The table in {@code docs/coming-from/spymemcached.md} has every public method of the client,
 * once.
 */
class ClientMethodsTableTest {

  private static final Path PAGE = Path.of("../docs/coming-from/spymemcached.md");
  private static final Pattern TABLE =
      Pattern.compile("(?s)(?<=<!-- all methods of the client -->\n\n).*?(?=\n<!-- end -->)");
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");

  @Test
  void everyMethodIsInOneRow() throws IOException {
    List<String> methods =
        Arrays.stream(MemcachedClient.class.getMethods())
            .filter(method -> method.getDeclaringClass() != Object.class)
            .map(method -> method.getName())
            .distinct()
            .toList();

    assertThat(named()).containsExactlyInAnyOrderElementsOf(new TreeSet<>(methods));
  }

  private static List<String> named() throws IOException {
    Matcher table = TABLE.matcher(Files.readString(PAGE));
    assertThat(table.find()).isTrue();
    return table
        .group()
        .lines()
        .skip(2)
        .map(row -> row.substring(0, row.indexOf('|', 1)))
        .flatMap(cell -> NAME.matcher(cell).results().map(ClientMethodsTableTest::nameOf))
        .toList();
  }

  private static String nameOf(MatchResult found) {
    return found.group(1);
  }
}
