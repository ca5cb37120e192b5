package org.jcachememcached.internal.codec.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jcachememcached.internal.codec.Codecs;
import org.jcachememcached.internal.codec.Keys;
import org.jcachememcached.internal.codec.key.KeyCodec;
import org.jsr107.ri.annotations.DefaultGeneratedCacheKey;
import org.junit.jupiter.api.Test;

/** Hash codes of enums and orders of hash sets differ between JVMs; the keys must not. */
class SecondJvmTest {

  @Test
  void givesTheSameBytes() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Other.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output;
    try {
      output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }

    assertThat(process.exitValue()).isZero();
    assertThat(output.lines()).containsExactlyElementsOf(wireKeys());
  }

  private static List<String> wireKeys() {
    KeyCodec codec = Codecs.keys();
    Set<Object> mixed = new HashSet<>(Set.of(DayOfWeek.MONDAY, TimeUnit.DAYS, "text", 1, 2L));
    Set<String> many = IntStream.range(0, 100).mapToObj(i -> "n" + i).collect(Collectors.toSet());
    return List.<Object>of(
            DayOfWeek.MONDAY,
            Set.of(DayOfWeek.values()),
            mixed,
            many,
            Map.of(TimeUnit.DAYS, 1, TimeUnit.HOURS, 2, DayOfWeek.FRIDAY, mixed),
            new Keys.Point(1, TimeUnit.DAYS),
            new Keys.CustomerId("eu", "eu", 1L),
            new DefaultGeneratedCacheKey(new Object[] {"p", "p", TimeUnit.DAYS, mixed}),
            new EqualKeys.Box(mixed),
            new EqualKeys.Box(Set.of(DayOfWeek.values())),
            new EqualKeys.Box(Map.of(TimeUnit.DAYS, many, TimeUnit.HOURS, "a", "b", "c")),
            new EqualKeys.Demanding(10),
            new EqualKeys.Proxied("a", "b", "c"))
        .stream()
        .map(key -> codec.encode(key).wire())
        .toList();
  }

  /** What the second JVM runs. */
  static final class Other {
    private Other() {}

    public static void main(String[] arguments) {
      wireKeys().forEach(System.out::println);
    }
  }
}
