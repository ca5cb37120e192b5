package org.jcachememcached.internal.engine;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How the loads of one entry are coordinated between JVMs, see {@link LeaseStep}. Immutable.
 *
 * @param ttl how long a lease lasts that is not renewed
 * @param longestWait how long a call waits for the value of another one
 * @param polls how long it pauses before it looks again, by the number of times it has looked
 */
public record LeaseRules(Duration ttl, Duration longestWait, Backoff polls) {

  private static final int LONGEST_POLL_MILLIS = 100;
  private static final double FIRST_POLL_MILLIS = 2;
  private static final double GROWTH = 1.5;

  /**
   * Random pauses of 1 to 2 ms at first, which grow by half each time, to 50 to 100 ms: callers
   * that began to wait together drift apart, and a load of any length is noticed after half of the
   * time that it took, or a tenth of a second.
   */
  public static final Backoff GROWING_POLLS =
      polled -> {
        double longest =
            Math.min(LONGEST_POLL_MILLIS, FIRST_POLL_MILLIS * Math.pow(GROWTH, polled - 1));
        double millis = longest * ThreadLocalRandom.current().nextDouble(0.5, 1);
        return (long) (millis * TimeUnit.MILLISECONDS.toNanos(1));
      };

  /** How long after its beginning a lease is renewed if the load still lasts. */
  long nanosUntilRenewal() {
    return ttl.toNanos() / 2;
  }
}
