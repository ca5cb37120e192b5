package org.jcachememcached.junit;

import java.net.URI;
import java.util.List;
import javax.cache.CacheManager;
import org.jcachememcached.MemcachedCachingProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests caches in a memcached process of their own, on a free port of 127.0.0.1; or, where no
 * memcached is installed, in the embedded engine of the provider. Which of them it is, and why, is
 * published as a report entry named {@value #REPORT}.
 *
 * <pre>{@code
 * class ShopTest {
 *   @RegisterExtension static final MemcachedExtension memcached = new MemcachedExtension();
 *
 *   @Test
 *   void sells(CacheManager caches) { ... }
 * }
 * }</pre>
 *
 * <p>In a static field, or named by {@code @ExtendWith} at a class, it starts one process for the
 * class; in an instance field, one for each test. Every test begins with empty caches: {@link
 * #cacheManager} is closed after each, and the process is emptied. An application that opens its
 * own managers uses {@link #uri}.
 *
 * <p>The command is {@code memcached} on the path, or that of the system property {@value
 * #COMMAND}. Thread-safe.
 */
public final class MemcachedExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver {

  /** The key of the report entry. */
  public static final String REPORT = "memcached";

  /** The system property that names the command; by default {@code memcached}. */
  public static final String COMMAND = "jcache.memcached.command";

  private final List<String> options;
  private final boolean isRequired;
  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();
  private @Nullable TestStore store;
  private boolean isForClass;

  /** A memcached with its defaults, or the embedded engine. */
  public MemcachedExtension() {
    this(List.of(), false);
  }

  private MemcachedExtension(List<String> options, boolean isRequired) {
    this.options = options;
    this.isRequired = isRequired;
  }

  /**
   * The same, but tests fail where no memcached can be started.
   *
   * @param options further options of the command, such as {@code "-m", "16"}
   */
  public static MemcachedExtension requiringMemcached(String... options) {
    return new MemcachedExtension(List.of(options), true);
  }

  /** The URI of a manager whose caches are there. */
  public URI uri() {
    return store().uri();
  }

  /** Whether there is a memcached process; otherwise the caches are in the embedded engine. */
  public boolean isMemcached() {
    return store().isMemcached();
  }

  /** The manager of the {@link #uri}, which is closed after the test. */
  public CacheManager cacheManager() {
    return provider.getCacheManager(uri(), null);
  }

  private synchronized TestStore store() {
    if (store == null) {
      throw new IllegalStateException(
          "No test is running with this extension; it must be registered, such as in a field with"
              + " @RegisterExtension");
    }
    return store;
  }

  @Override
  public synchronized void beforeAll(ExtensionContext context) {
    isForClass = true;
    start(context);
  }

  @Override
  public synchronized void beforeEach(ExtensionContext context) {
    if (store == null) {
      start(context);
    }
  }

  private void start(ExtensionContext context) {
    store = TestStore.open(options, isRequired);
    context.publishReportEntry(REPORT, store.description());
  }

  @Override
  public synchronized void afterEach(ExtensionContext context) {
    provider.close();
    if (!isForClass) {
      stop();
    } else if (store != null) {
      store.clear();
    }
  }

  @Override
  public synchronized void afterAll(ExtensionContext context) {
    provider.close();
    stop();
    isForClass = false;
  }

  private void stop() {
    if (store != null) {
      store.close();
      store = null;
    }
  }

  /** For parameters of the types {@link CacheManager} and {@link MemcachedExtension}. */
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == CacheManager.class || type == MemcachedExtension.class;
  }

  /** The {@link #cacheManager}, or this. */
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == CacheManager.class ? cacheManager() : this;
  }
}
