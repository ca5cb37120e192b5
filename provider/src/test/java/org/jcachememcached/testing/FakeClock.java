package org.jcachememcached.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it. Thread-safe. */
public final class FakeClock implements InstantSource {

  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  /** Moves the clock forward, or back by a negative duration. */
  public synchronized void advance(Duration duration) {
    now = now.plus(duration);
  }
}
