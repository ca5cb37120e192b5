package org.jcachememcached.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.integration.CacheLoader;

/**
 * One JVM of the fleet, a program: 16 threads get one hot value, again and again with a pause, that
 * takes 100 ms to load. Takes the name of a variant, the address of a server and for how many
 * seconds to measure; says "ready", waits for a line, and says how many loads began in these
 * seconds, and for each call that began in them how long it took, in microseconds. Thread-safe.
 */
final class StampedeCallers implements CacheLoader<String, String> {

  static final int THREADS = 16;
  static final int LOAD_MILLIS = 100;

  /** Between two calls of a thread, on average. */
  static final int PAUSE_MILLIS = 20;

  private static final String HOT = "hot";
  private static final int WARMUP_CALLS = 2_000;
  private static final long WARMUP_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final StampedeVariant variant;
  private final Cache<String, String> cache;
  private final AtomicInteger loads = new AtomicInteger();
  private final ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();
  private volatile long from;
  private volatile long until;

  private StampedeCallers(StampedeVariant variant, String server) {
    this.variant = variant;
    this.cache =
        variant.open(Caching.getCachingProvider().getCacheManager(variant.uri(server), null), this);
  }

  @Override
  public String load(String key) {
    if (isMeasured(System.nanoTime())) {
      loads.incrementAndGet();
    }
    if (key.equals(HOT)) {
      pause(LOAD_MILLIS);
    }
    return "a value of " + key;
  }

  @Override
  public Map<String, String> loadAll(Iterable<? extends String> keys) {
    throw new UnsupportedOperationException("only single keys are loaded");
  }

  /** Lets the JVM compile what is measured, with values that are loaded at once. */
  private void warmUp() {
    for (int i = 0; i < WARMUP_CALLS; i++) {
      variant.get(cache, this, "cold " + i % 10);
    }
  }

  /** The threads run for a while before they are measured: all begin with a missing value. */
  private String run(int seconds) throws InterruptedException {
    from = System.nanoTime() + WARMUP_NANOS;
    until = from + TimeUnit.SECONDS.toNanos(seconds);
    List<Thread> threads =
        IntStream.range(0, THREADS).mapToObj(i -> new Thread(this::call, "caller " + i)).toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    String times = micros.stream().map(String::valueOf).collect(Collectors.joining(" "));
    return loads + " " + times;
  }

  private void call() {
    for (long began = System.nanoTime(); began < until; began = System.nanoTime()) {
      variant.get(cache, this, HOT);
      if (isMeasured(began)) {
        micros.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
      }
      pause(ThreadLocalRandom.current().nextInt(2 * PAUSE_MILLIS));
    }
  }

  private boolean isMeasured(long time) {
    return time >= from && time < until;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public static void main(String... args) throws IOException, InterruptedException {
    StampedeCallers callers = new StampedeCallers(StampedeVariant.valueOf(args[0]), args[1]);
    callers.warmUp();
    System.out.println("ready");
    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    System.out.println(callers.run(Integer.parseInt(args[2])));
    System.exit(0);
  }
}
