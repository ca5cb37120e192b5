package org.jcachememcached;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.management.JMX;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jcachememcached.api.MemcachedStatisticsMXBean;
import org.jcachememcached.internal.cache.CacheCore;
import org.jcachememcached.internal.cache.CallObservers;
import org.jcachememcached.internal.cache.EffectiveConfiguration;
import org.jcachememcached.internal.cache.ManagerContext;
import org.jcachememcached.internal.cache.StoreLeases;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.config.source.SettingsReader;
import org.jcachememcached.internal.near.NearRegistry;
import org.jcachememcached.internal.store.SharedStores;
import org.jcachememcached.internal.store.memory.MemoryStore;
import org.jcachememcached.testing.CountingStore;
import org.jcachememcached.testing.DeferringStore;
import org.jcachememcached.testing.FailingStore;
import org.jcachememcached.testing.FakeClock;
import org.jcachememcached.testing.RacingStore;
import org.jcachememcached.testing.SilentStore;
import org.jspecify.annotations.Nullable;

/**
 * Caches for unit tests: whole ones, but in this JVM, under a clock that stands still, and on a
 * store that counts, races and fails as the test wants. All caches that one fixture opens share
 * name and entries, as those of several JVMs would. Not thread-safe, the caches are.
 */
public final class TestCaches implements AutoCloseable {

  /** The default of the setting {@code timeout}. */
  public static final Duration TIMEOUT = Duration.ofSeconds(1);

  /** How long a call pauses that waits for the value of another one. */
  public static final Duration POLL = Duration.ofMillis(10);

  private static final String NAME = "test";

  private final FakeClock clock = new FakeClock();
  private final MemoryStore memory = new MemoryStore(clock);
  private final FailingStore failing = new FailingStore(memory);
  private final RacingStore racing = new RacingStore(failing);
  private final CountingStore counting = new CountingStore(new DeferringStore(racing));
  private final SilentStore silent = new SilentStore(counting, clock, TIMEOUT);
  private final SharedStores<Settings.Connection> disturbed = new SharedStores<>(c -> silent);
  private final NearRegistry near = new NearRegistry();
  private final SharedStores<Settings.Connection> undisturbed = new SharedStores<>(c -> memory);
  private final ExecutorService pool = Executors.newCachedThreadPool(TestCaches::thread);
  private final Executor background;
  private final List<Cache<?, ?>> open = new ArrayList<>();
  private final URI uri;
  private final Settings settings;
  private final MemcachedCacheManager manager;
  private volatile Runnable whilePolling = () -> {};

  public TestCaches() {
    this("memory:test");
  }

  /**
   * @param uri a manager's URI; its settings count, its engine does not
   */
  public TestCaches(String uri) {
    this(uri, null);
  }

  /**
   * @param uri a manager's URI; its settings count, its engine does not
   * @param background runs {@code loadAll}; null for threads of this fixture
   */
  public TestCaches(String uri, @Nullable Executor background) {
    this.background = background == null ? pool : background;
    this.uri = URI.create(uri);
    this.settings =
        SettingsReader.read(this.uri, new Properties(), Map.of(), getClass().getClassLoader());
    this.manager =
        new MemcachedCacheManager(
            new MemcachedCachingProvider(),
            this.uri,
            new WeakReference<>(getClass().getClassLoader()),
            new Properties(),
            settings,
            disturbed);
    // The stores are the fixture's own: they are not closed with the last cache.
    disturbed.lease(settings.connection());
    undisturbed.lease(settings.connection());
  }

  /** While a call waits for the value of another one, time passes. */
  private long poll(int polled) {
    clock.advance(POLL);
    whilePolling.run();
    return 1;
  }

  /** Runs something each time that a call looks whether another one has loaded its value. */
  public void whilePolling(Runnable work) {
    whilePolling = work;
  }

  /** A configuration with the defaults of JCache: eternal, without listeners. */
  public static MutableConfiguration<String, String> configuration() {
    return new MutableConfiguration<>();
  }

  /** A cache of strings with the defaults of JCache. */
  public Cache<String, String> open() {
    return open(configuration());
  }

  /** A cache on the store that counts, races and fails. */
  public <K, V> Cache<K, V> open(MutableConfiguration<K, V> configuration) {
    Cache<K, V> cache = open(configuration, disturbed, near);
    return AsynchronousCaches.isOn() ? AwaitedCache.of(cache) : cache;
  }

  /**
   * The same cache as another JVM would see it: its calls are neither counted nor disturbed, and
   * always wait.
   */
  public <K, V> Cache<K, V> openRival(MutableConfiguration<K, V> configuration) {
    return open(configuration, undisturbed, new NearRegistry());
  }

  private <K, V> Cache<K, V> open(
      MutableConfiguration<K, V> configuration,
      SharedStores<Settings.Connection> stores,
      NearRegistry near) {
    ManagerContext context =
        new ManagerContext(
            uri,
            stores::lease,
            StoreLeases.tags(settings, stores::lease, clock),
            near,
            manager::getClassLoader,
            background,
            pool,
            this::poll,
            new CallObservers(clock),
            clock);
    EffectiveConfiguration<K, V> effective =
        MemcachedConfiguration.complete(
            configuration, NAME, settings.forCache(NAME), manager::getClassLoader);
    CacheCore<K, V> core = CacheCore.open(NAME, effective, context);
    Cache<K, V> cache = new ManagedCache<>(NAME, manager, core);
    core.showInJmx();
    open.add(cache);
    return cache;
  }

  /** The manager of the tags of the entries, among others. */
  public MemcachedCacheManager manager() {
    return manager;
  }

  /** Closes a cache and removes its entries, as its manager does. */
  public static void destroy(Cache<?, ?> cache) {
    cache.unwrap(ManagedCache.class).core().destroy();
  }

  /** What JMX shows of the statistics of the first cache that was opened with statistics. */
  public MemcachedStatisticsMXBean statistics() {
    String managerName = uri.toString().replaceAll("[:=?]", ".");
    return JMX.newMXBeanProxy(
        ManagementFactory.getPlatformMBeanServer(),
        objectName(
            "javax.cache:type=CacheStatistics,CacheManager=" + managerName + ",Cache=" + NAME),
        MemcachedStatisticsMXBean.class);
  }

  private static ObjectName objectName(String name) {
    try {
      return new ObjectName(name);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Switches the statistics of a cache, as its manager does. */
  public static void enableStatistics(Cache<?, ?> cache, boolean enabled) {
    cache.unwrap(ManagedCache.class).core().enableStatistics(enabled);
  }

  public FakeClock clock() {
    return clock;
  }

  /** Where the entries lie, without anything in between. */
  public MemoryStore memory() {
    return memory;
  }

  public FailingStore failing() {
    return failing;
  }

  public RacingStore racing() {
    return racing;
  }

  public SilentStore silent() {
    return silent;
  }

  public CountingStore counting() {
    return counting;
  }

  /** The keys on the wire of everything that is stored. */
  public List<String> storedKeys() {
    return memory.scan("").nextPage(Integer.MAX_VALUE);
  }

  private static Thread thread(@Nullable Runnable work) {
    Thread thread = new Thread(work, "background of a test");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    open.forEach(Cache::close);
    manager.close();
    pool.shutdown();
    memory.close();
  }
}
