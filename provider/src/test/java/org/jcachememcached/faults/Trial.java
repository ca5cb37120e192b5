package org.jcachememcached.faults;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.MemcachedCachingProvider;
import org.jspecify.annotations.Nullable;

/**
 * One fault and its end, under load: an application with one cache that degrades, its eight
 * threads, and what is measured of them. Not thread-safe.
 */
final class Trial implements AutoCloseable {

  static final Duration TIMEOUT = Duration.ofMillis(500);

  /** So long the load goes on before a fault, and after the servers serve again. */
  private static final Duration UNDISTURBED = Duration.ofSeconds(1);

  /** So long a breaker may take to open: the first operation that expires opens it. */
  private static final Duration UNTIL_OPEN = TIMEOUT.multipliedBy(2);

  private final String fault;
  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();
  private final Cache<String, String> cache;
  private final Observation observation = new Observation();
  private final Counters counters;
  private final Probe probe;
  private final Load load;
  private final Metronome metronome = new Metronome();
  private final long heapBefore;
  private long heapGrowth;
  private @Nullable Duration recovery;
  private @Nullable Duration lostRead;

  private Trial(String fault, Workload workload, List<String> servers) {
    this.fault = fault;
    URI uri =
        URI.create(
            "memcached://%s/faults?timeout=%dms&on.failure=degrade"
                .formatted(String.join(",", servers), TIMEOUT.toMillis()));
    CacheManager manager =
        provider.getCacheManager(uri, getClass().getClassLoader(), new Properties());
    this.cache = manager.createCache("faults", new MutableConfiguration<String, String>());
    this.counters = new Counters(cache, observation);
    this.probe = new Probe(cache);
    this.load = new Load(cache, workload, counters, observation);
    this.heapBefore = usedHeap();
  }

  /** Begins with servers that do not serve yet. */
  static Trial withoutServers(String fault, List<String> servers) {
    Trial trial = new Trial(fault, Workload.SMALL_VALUES, servers);
    trial.startLoad();
    return trial;
  }

  /** Begins, and lets the load run undisturbed for a while. */
  static Trial start(String fault, Workload workload, List<String> servers) {
    Trial trial = new Trial(fault, workload, servers);
    trial.probe.awaitServing();
    trial.startLoad();
    pause(UNDISTURBED);
    return trial;
  }

  private void startLoad() {
    metronome.start();
    load.start();
  }

  /** Lets the load run through a fault with which the servers go on to answer. */
  void disturb(Runnable begin, Duration length) {
    begin.run();
    pause(length);
    measureHeap();
  }

  /** Lets the load run through a fault for which a breaker opens. */
  void breakDown(Runnable begin, Duration length) {
    begin.run();
    pause(UNTIL_OPEN);
    lostRead = probe.medianOfLostReads();
    pause(length.minus(UNTIL_OPEN));
    measureHeap();
  }

  /** Ends the fault, measures how long it takes until all servers serve again, and goes on. */
  void mend(Runnable end) {
    end.run();
    Duration took = probe.awaitServing();
    recovery = recovery == null || took.compareTo(recovery) > 0 ? took : recovery;
    pause(UNDISTURBED);
  }

  /** What it was like where the servers kept their data. */
  Findings conclude() {
    load.stop();
    return findings(counters.repeated() + counters.astray());
  }

  /** What it was like where a server has lost its data, and the counters with it. */
  Findings concludeWithoutData() {
    load.stop();
    return findings(counters.repeated());
  }

  private Findings findings(long lostIncrements) {
    return new Findings(
        fault,
        observation,
        metronome.longestPause(),
        recovery,
        lostIncrements,
        heapGrowth,
        lostRead);
  }

  private void measureHeap() {
    heapGrowth = Math.max(heapGrowth, usedHeap() - heapBefore);
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void pause(Duration length) {
    try {
      Thread.sleep(Math.max(0, length.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    try (metronome) {
      load.stop();
    } finally {
      provider.close();
    }
  }
}
