package org.jcachememcached.frameworks;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A method whose value is expensive: it takes some time, or until it runs in all members of a
 * fleet. Each run has another value. Thread-safe.
 */
final class SlowMethod {

  private final AtomicInteger runs = new AtomicInteger();
  private final CountDownLatch begun;
  private final Duration longest;

  SlowMethod(int members, Duration longest) {
    this.begun = new CountDownLatch(members);
    this.longest = longest;
  }

  String run() {
    int number = runs.incrementAndGet();
    begun.countDown();
    try {
      boolean unused = begun.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return "run " + number;
  }

  /** How often it has run. */
  int runs() {
    return runs.get();
  }
}
