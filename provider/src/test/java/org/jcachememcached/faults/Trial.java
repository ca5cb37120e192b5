package org.jcachememcached.faults;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
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

  /** Calls in different managers do not coordinate their loads but by leases. */
  private static final int MANAGERS_THAT_LOAD = 2;

  /** So long the load goes on before a fault, and after the servers serve again. */
  private static final Duration UNDISTURBED = Duration.ofSeconds(1);

  /** So long it takes until all threads have read further keys. */
  private static final Duration UNTIL_READ = Duration.ofMillis(300);

  /** So long a breaker may take to open: the first operation that expires opens it. */
  private static final Duration UNTIL_OPEN = TIMEOUT.multipliedBy(2);

  private final String fault;
  private final Workload workload;
  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();
  private final Observation observation = new Observation();
  private final Source source;

  /** A manager lives no longer than its class loader. */
  private final List<ClassLoader> applications = new ArrayList<>();

  private final Counters counters;
  private final Probe probe;
  private final Load load;
  private final Metronome metronome = new Metronome();
  private final long heapBefore;
  private long heapGrowth;
  private @Nullable Duration recovery;
  private @Nullable Duration lostRead;

  private Trial(
      String fault, Workload workload, List<String> servers, Map<String, String> settings) {
    this.fault = fault;
    this.workload = workload;
    this.source = new Source(workload.newKeys(), observation);
    List<Cache<String, String>> caches =
        IntStream.range(0, workload.loads() ? MANAGERS_THAT_LOAD : 1)
            .mapToObj(unused -> open(servers, settings))
            .toList();
    this.counters = new Counters(caches.get(0), observation);
    this.probe = new Probe(caches.get(0));
    this.load = new Load(caches, workload, source, counters, observation);
    this.heapBefore = usedHeap();
  }

  /** The cache, in a manager of its own, as that of another application in this JVM. */
  private Cache<String, String> open(List<String> servers, Map<String, String> settings) {
    URI uri =
        URI.create(
            "memcached:/faults?timeout=%dms&on.failure=degrade&lease.ttl=%dms&lease.wait=%dms"
                .formatted(
                    TIMEOUT.toMillis(),
                    Workload.LEASE.toMillis(),
                    Workload.LONGEST_WAIT.toMillis()));
    ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {};
    applications.add(loader);
    Properties properties = new Properties();
    properties.setProperty("memcached.servers", String.join(",", servers));
    properties.putAll(settings);
    CacheManager manager = provider.getCacheManager(uri, loader, properties);
    MutableConfiguration<String, String> configuration = new MutableConfiguration<>();
    if (workload.loads()) {
      configuration.setReadThrough(true).setCacheLoaderFactory(() -> source);
    }
    return manager.createCache("faults", configuration);
  }

  /** Begins with servers that do not serve yet. */
  static Trial withoutServers(String fault, List<String> servers) {
    Trial trial = new Trial(fault, Workload.SMALL_VALUES, servers, Map.of());
    trial.startLoad();
    return trial;
  }

  /** Begins, and lets the load run undisturbed for a while. */
  static Trial start(String fault, Workload workload, List<String> servers) {
    return start(fault, workload, servers, Map.of());
  }

  /**
   * Begins, and lets the load run undisturbed for a while.
   *
   * @param settings more properties of the manager
   */
  static Trial start(
      String fault, Workload workload, List<String> servers, Map<String, String> settings) {
    Trial trial = new Trial(fault, workload, servers, settings);
    trial.probe.awaitServing();
    trial.startLoad();
    pause(UNDISTURBED);
    return trial;
  }

  private void startLoad() {
    metronome.start();
    load.start();
  }

  /** Lets these keys be read as well, which another client writes. */
  void alsoRead(List<OwnedKey> keys) {
    source.add(keys);
    pause(UNTIL_READ);
  }

  Observation observation() {
    return observation;
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
        lostRead,
        workload.longestLoad());
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
