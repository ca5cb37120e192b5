package org.jcachememcached.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;

/**
 * What one trial has found. Immutable once the load has ended.
 *
 * @param fault what failed, and how
 * @param seen what the callers saw
 * @param longestPause how long the JVM stood still at most, which no call can be faster than
 * @param recovery from the end of the fault until all servers served; null when it had no end
 * @param lostIncrements increments of counters that were answered and are missing
 * @param heapGrowth bytes in use during the fault, more than before the load
 * @param lostRead the median read from a server whose breaker is open; null where none opens
 * @param longestLoad how long a call may wait for a value that is loaded
 */
record Findings(
    String fault,
    Observation seen,
    Duration longestPause,
    @Nullable Duration recovery,
    long lostIncrements,
    long heapGrowth,
    @Nullable Duration lostRead,
    Duration longestLoad) {

  /** One timeout and 100 ms are promised; the rest is for a machine that is busy with others. */
  private static final Duration LONGEST_CALL = Trial.TIMEOUT.plusMillis(600);

  private static final long MOST_HEAP = 64L << 20;

  static final List<String> COLUMNS =
      List.of(
          "fault",
          "answers",
          "misses",
          "exceptions",
          "longest call (ms)",
          "longest pause (ms)",
          "recovered after (ms)",
          "wrong values",
          "stale values",
          "lost increments",
          "heap growth (MiB)",
          "read of a lost key (µs)");

  List<String> cells() {
    return List.of(
        fault,
        Long.toString(seen.answers()),
        Long.toString(seen.misses()),
        exceptions(),
        Long.toString(Duration.ofNanos(seen.longestNanos()).toMillis()),
        Long.toString(longestPause.toMillis()),
        recovery == null ? "-" : Long.toString(recovery.toMillis()),
        Long.toString(seen.wrong()),
        Long.toString(seen.stale()),
        Long.toString(lostIncrements),
        String.format(Locale.ROOT, "%.1f", Math.max(0, heapGrowth) / 1048576.0),
        lostRead == null ? "-" : Long.toString(lostRead.toNanos() / 1000));
  }

  private String exceptions() {
    Map<String, Long> counts = seen.exceptions();
    return counts.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .map(each -> each.getValue() + " " + each.getKey())
            .collect(Collectors.joining(", "));
  }

  /** That the fault did no harm. */
  void assertHarmless() {
    SoftAssertions.assertSoftly(
        softly -> {
          softly.assertThat(seen.examples()).as("what went wrong").isEmpty();
          softly.assertThat(seen.wrong()).as("wrong values").isZero();
          softly.assertThat(seen.stale()).as("stale values").isZero();
          softly.assertThat(lostIncrements).as("lost increments").isZero();
          softly.assertThat(seen.brokenPromises()).as("calls that did not degrade").isEmpty();
          softly
              .assertThat(Duration.ofNanos(seen.longestNanos()))
              .as("longest call")
              .isLessThan(LONGEST_CALL.plus(longestPause).plus(longestLoad));
          softly.assertThat(heapGrowth).as("heap growth in bytes").isLessThan(MOST_HEAP);
        });
    assertThat(lostRead == null ? Duration.ZERO : lostRead)
        .as("median read of a lost key")
        .isLessThan(Duration.ofMillis(1));
  }
}
