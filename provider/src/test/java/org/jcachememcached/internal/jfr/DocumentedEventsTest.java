package org.jcachememcached.internal.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jcachememcached.testing.MarkdownPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of events in {@code docs/operations} has all of them, with their fields. */
class DocumentedEventsTest {

  private static final List<String> ROWS =
      new MarkdownPage(Path.of("../docs/operations/README.md"))
          .text()
          .lines()
          .filter(line -> line.startsWith("| `org.jcachememcached."))
          .toList();

  @ParameterizedTest
  @ValueSource(
      classes = {
        CallEvent.class,
        ConnectionEvent.class,
        LostRaceEvent.class,
        ServerDownEvent.class,
        ServerUpEvent.class
      })
  void hasEachField(Class<? extends Event> event) {
    String name = event.getAnnotation(Name.class).value();
    String row =
        ROWS.stream().filter(line -> line.startsWith("| `" + name + "`")).findFirst().orElseThrow();

    // The JVM may have added fields of its own.
    Stream<Field> ours =
        Stream.of(event.getDeclaredFields())
            .filter(field -> field.isAnnotationPresent(Label.class));
    assertThat(ours.map(Field::getName))
        .isNotEmpty()
        .allSatisfy(field -> assertThat(row).contains("`" + field + "`"));
  }

  @Test
  void hasNoOther() {
    assertThat(ROWS).hasSize(5);
  }
}
