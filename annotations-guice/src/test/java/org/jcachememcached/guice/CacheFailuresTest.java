package org.jcachememcached.guice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import javax.cache.CacheException;
import org.jcachememcached.testing.FakeClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CacheFailuresTest {

  private final FakeClock clock = new FakeClock();
  private final CacheFailures failures = new CacheFailures(clock);
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream standardError = System.err;

  @BeforeEach
  void captureLog() {
    System.setErr(new PrintStream(log, true, UTF_8));
  }

  @AfterEach
  void releaseLog() {
    System.setErr(standardError);
  }

  @Test
  void countsAllAndLogsOncePerMinuteAndCache() {
    fail("a");
    fail("a");
    fail("b");
    clock.advance(Duration.ofSeconds(59));
    fail("a");
    assertThat(log.toString(UTF_8))
        .containsOnlyOnce("Cache 'a' fails (failures so far: 1)")
        .containsOnlyOnce("Cache 'b' fails (failures so far: 1)")
        .doesNotContain("so far: 3");

    clock.advance(Duration.ofSeconds(1));
    fail("a");
    assertThat(log.toString(UTF_8)).containsOnlyOnce("Cache 'a' fails (failures so far: 4)");

    assertThat(failures.of("a")).isEqualTo(4);
    assertThat(failures.total()).isEqualTo(5);
  }

  private void fail(String cache) {
    failures.add(cache, new CacheException("unreachable"));
  }
}
