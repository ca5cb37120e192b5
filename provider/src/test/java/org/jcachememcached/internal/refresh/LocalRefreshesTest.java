package org.jcachememcached.internal.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.jcachememcached.testing.FakeClock;
import org.junit.jupiter.api.Test;

/** How many refreshes a JVM begins, and when it leaves an entry alone. */
class LocalRefreshesTest {

  private static final int MOST = 1_000;

  private final FakeClock clock = new FakeClock();
  private final LocalRefreshes refreshes = new LocalRefreshes(clock);

  @Test
  void beginsOneForAnEntryAtATime() {
    assertThat(refreshes.begin("a")).isTrue();
    assertThat(refreshes.begin("a")).isFalse();
    assertThat(refreshes.begin("b")).isTrue();

    refreshes.end("a");

    assertThat(refreshes.begin("a")).isTrue();
  }

  @Test
  void pausesAfterOneThatWasNotOurs() {
    assertThat(refreshes.begin("a")).isTrue();
    refreshes.pause("a");
    assertThat(refreshes.begin("a")).isFalse();

    clock.advance(LocalRefreshes.PAUSE);

    assertThat(refreshes.begin("a")).isTrue();
    assertThat(refreshes.begin("a")).isFalse();
  }

  @Test
  void beginsABoundedNumber() {
    assertThat(IntStream.range(0, MOST).allMatch(i -> refreshes.begin("k" + i))).isTrue();
    assertThat(refreshes.begin("one more")).isFalse();

    refreshes.pause("k0");
    assertThat(refreshes.begin("one more")).isFalse();
    clock.advance(LocalRefreshes.PAUSE);

    assertThat(refreshes.begin("one more")).isTrue();
    assertThat(refreshes.begin("yet another")).isFalse();
  }
}
