package org.jcachememcached.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Lets tests pass on a machine that is slow, or stands still for seconds. Stateless. */
public final class Patience {

  /** What happens at all has happened by then. */
  public static final Duration LIMIT = Duration.ofMinutes(1);

  private static final int ATTEMPTS = 3;

  private Patience() {}

  /** Something that a test tries out. */
  public interface Trial<E extends Exception> {
    void run() throws E;
  }

  /** Waits until something has happened, for {@link #LIMIT} at most; looks at once. */
  public static ConditionFactory await() {
    return Awaitility.await().pollDelay(Duration.ZERO).atMost(LIMIT);
  }

  /**
   * Carries out a trial that ends well unless the machine stands still meanwhile: three times if it
   * must. That is for bounds of times, which a fault of the product exceeds each time. It is not
   * for races, whose faults show themselves now and then.
   *
   * @throws E by the last attempt
   */
  public static <E extends Exception> void undisturbed(Trial<E> trial) throws E {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      try {
        trial.run();
        return;
      } catch (Exception | AssertionError disturbed) {
        System.out.printf("Attempt %d of %d has failed: %s%n", attempt, ATTEMPTS, disturbed);
      }
    }
    trial.run();
  }
}
