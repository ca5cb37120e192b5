package org.jcachememcached.faults;

import java.time.Duration;

/**
 * Notes how long this JVM stands still, because of a garbage collection or because the machine is
 * busy with others: so much longer every call may take, whatever it calls. Thread-safe.
 */
final class Metronome implements AutoCloseable {

  private static final Duration BEAT = Duration.ofMillis(10);

  private final Thread thread = new Thread(this::beat, "metronome");
  private volatile Duration longestPause = Duration.ZERO;

  /** Notes pauses from now on. */
  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  Duration longestPause() {
    return longestPause;
  }

  private void beat() {
    try {
      while (!Thread.interrupted()) {
        long start = System.nanoTime();
        Thread.sleep(BEAT.toMillis());
        Duration pause = Duration.ofNanos(System.nanoTime() - start).minus(BEAT);
        if (pause.compareTo(longestPause) > 0) {
          longestPause = pause;
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
