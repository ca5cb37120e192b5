package org.jcachememcached.frameworks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A method whose value is expensive: it takes a second, or until it runs in all members of a fleet.
 * Each run has another value. Thread-safe.
 */
final class SlowMethod {

  private static final long SECONDS = 1;

  private final AtomicInteger runs = new AtomicInteger();
  private final CountDownLatch begun;

  SlowMethod(int members) {
    this.begun = new CountDownLatch(members);
  }

  String run() {
    int number = runs.incrementAndGet();
    begun.countDown();
    try {
      boolean unused = begun.await(SECONDS, TimeUnit.SECONDS);
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
