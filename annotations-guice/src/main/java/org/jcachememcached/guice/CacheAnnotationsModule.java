package org.jcachememcached.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.matcher.Matchers;
import java.lang.annotation.Annotation;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.spi.CachingProvider;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * Makes the caching annotations of JSR-107 work on the objects that Guice creates.
 *
 * <pre>{@code
 * Injector injector = Guice.createInjector(
 *     CacheAnnotationsModule.builder().uri(URI.create("memcached://10.0.0.1/orders")).build(),
 *     new OrdersModule());
 * }</pre>
 *
 * <p>Guice intercepts methods of classes that it instantiates itself (not those of {@code
 * toInstance}, {@code toProvider} and {@code @Provides}), if neither class nor method is final and
 * the method is not private or static; anything else is refused when the injector meets the class.
 * A call through {@code this} is intercepted like any other. The annotations of a method count
 * where the method is implemented: one that overrides it has its own or none, and those of
 * interfaces are not looked at. {@code @CacheDefaults} is inherited from superclasses.
 *
 * <p>A {@code null} that a method returns is not cached. Of a method that returns {@code
 * CompletionStage} or {@code CompletableFuture}, the value is cached with which the stage
 * completes; lookups run in the caller's thread, and updates in the thread that completes the
 * stage. What such a {@code @CacheResult} method throws arrives as a stage that failed.
 *
 * <p>Immutable; may be installed in several injectors.
 */
public final class CacheAnnotationsModule extends AbstractModule {

  private final CacheManagers managers;
  private final @Nullable Class<? extends CacheKeyGenerator> keyGenerator;
  private final @Nullable Class<? extends CacheResolverFactory> resolverFactory;
  private final MissingCaches missingCaches;
  private final Computing computing;
  private final OnCacheFailure onCacheFailure;
  private final Set<Key<?>> required;

  private CacheAnnotationsModule(Builder builder) {
    managers = builder.managers.build();
    keyGenerator = builder.keyGenerator;
    resolverFactory = builder.resolverFactory;
    missingCaches = builder.missingCaches;
    computing =
        builder.stampedeProtection
            ? new StampedeProtection(Computations.OF_THIS_JVM, builder.stampedePatience)
            : new ByEachCaller();
    onCacheFailure = builder.onCacheFailure;
    required = Set.copyOf(builder.required);
  }

  /** For an injector whose bindings, or whose class path, say all that is needed. */
  public CacheAnnotationsModule() {
    this(builder());
  }

  /** For everything else. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  protected void configure() {
    required.forEach(this::requireBinding);
    bindListener(Matchers.any(), new AnnotationCheck());
    intercept(List.of(CacheResult.class), new CacheResultInterceptor(computing));
    intercept(
        List.of(CachePut.class, CacheRemove.class, CacheRemoveAll.class), new ChangeInterceptor());
  }

  private void intercept(
      List<Class<? extends Annotation>> annotations, MethodInterceptor interceptor) {
    requestInjection(interceptor);
    bindInterceptor(Matchers.any(), new AnnotatedWith(annotations), interceptor);
  }

  @Provides
  @Singleton
  AnnotatedMethods annotatedMethods(Injector injector) {
    Caches caches = new Caches(() -> managers.open(injector), missingCaches);
    return new AnnotatedMethods(injector, keyGenerator, resolverFactory, caches);
  }

  @Provides
  @Singleton
  FailurePolicy failurePolicy(CacheFailures failures) {
    return new FailurePolicy(onCacheFailure, failures);
  }

  @Provides
  @Singleton
  CacheFailures cacheFailures() {
    return new CacheFailures(InstantSource.system());
  }

  /** Says what differs from the defaults. For one thread. */
  public static final class Builder {

    private static final Duration LONGEST_PATIENCE = Duration.ofDays(1);

    private final CacheManagers.Builder managers = new CacheManagers.Builder();
    private final Set<Key<?>> required = new LinkedHashSet<>();
    private @Nullable Class<? extends CacheKeyGenerator> keyGenerator;
    private @Nullable Class<? extends CacheResolverFactory> resolverFactory;
    private MissingCaches missingCaches = MissingCaches.create();
    private boolean stampedeProtection = true;
    private Duration stampedePatience = Duration.ofSeconds(10);
    private OnCacheFailure onCacheFailure = OnCacheFailure.RUN_METHOD;

    private Builder() {}

    /** The manager of the caches. Without this, see {@link #cachingProvider(CachingProvider)}. */
    public Builder cacheManager(CacheManager manager) {
      managers.manager = injector -> manager;
      return this;
    }

    /** A manager that is bound in the injector; asked for again when it is closed. */
    public Builder cacheManager(Key<? extends CacheManager> key) {
      managers.manager = injector -> injector.getInstance(key);
      required.add(key);
      return this;
    }

    /**
     * The provider whose manager to use. When neither this nor the URI, the properties or the class
     * loader is set, the manager is the one that is bound to {@code CacheManager} in the injector,
     * if any; else it is asked of the provider that is bound to {@code CachingProvider}, else of
     * the one on the class path.
     */
    public Builder cachingProvider(CachingProvider provider) {
      managers.provider = injector -> provider;
      return this;
    }

    /** A provider that is bound in the injector. */
    public Builder cachingProvider(Key<? extends CachingProvider> key) {
      managers.provider = injector -> injector.getInstance(key);
      required.add(key);
      return this;
    }

    /** The manager's URI; by default the provider's default. */
    public Builder uri(URI uri) {
      managers.uri = injector -> uri;
      return this;
    }

    /** A URI that is bound in the injector. */
    public Builder uri(Key<URI> key) {
      managers.uri = injector -> injector.getInstance(key);
      required.add(key);
      return this;
    }

    /** The manager's properties; by default the provider's defaults. */
    public Builder properties(Properties properties) {
      Properties copy = new Properties();
      copy.putAll(properties);
      managers.properties = injector -> copy;
      return this;
    }

    /** Properties that are bound in the injector. */
    public Builder properties(Key<Properties> key) {
      managers.properties = injector -> injector.getInstance(key);
      required.add(key);
      return this;
    }

    /** The class loader of the manager, and so of the values; by default the provider's default. */
    public Builder classLoader(ClassLoader classLoader) {
      managers.classLoader = injector -> classLoader;
      return this;
    }

    /**
     * Makes the keys for the annotations that name no generator; one instance for each method,
     * created by Guice.
     */
    public Builder cacheKeyGenerator(Class<? extends CacheKeyGenerator> type) {
      keyGenerator = type;
      required.add(Key.get(type));
      return this;
    }

    /**
     * Finds the caches for the annotations that name no factory; one instance for each method,
     * created by Guice. It decides what becomes of caches that are missing or closed: nothing else
     * that is said here about managers and missing caches applies then.
     */
    public Builder cacheResolverFactory(Class<? extends CacheResolverFactory> type) {
      resolverFactory = type;
      required.add(Key.get(type));
      return this;
    }

    /** What becomes of a cache that does not exist; by default it is created, without expiry. */
    public Builder missingCaches(MissingCaches policy) {
      missingCaches = policy;
      return this;
    }

    /**
     * Whether concurrent callers of one missing key (same cache, equal key) in this JVM run the
     * {@code @CacheResult} method once and get its value or its exception; on by default. They all
     * get the same object, so what the methods return should not be changed. In a cache of the
     * provider {@code jcache-memcached}, the callers of other JVMs wait as well and get the value,
     * if the cache has leases.
     *
     * <p>A method that calls itself, directly or by way of others and their threads' waiting, is
     * run; a caller who is interrupted while waiting runs the method, still interrupted.
     */
    public Builder stampedeProtection(boolean isOn) {
      stampedeProtection = isOn;
      return this;
    }

    /**
     * How long a caller waits for another one's computation before running the method itself; 10
     * seconds by default, at most a day.
     */
    public Builder stampedePatience(Duration patience) {
      if (patience.isNegative() || patience.compareTo(LONGEST_PATIENCE) > 0) {
        throw new IllegalArgumentException(
            "The stampede patience is %s; it must be between 0 and %s"
                .formatted(patience, LONGEST_PATIENCE));
      }
      stampedePatience = patience;
      return this;
    }

    /** What callers get when the cache fails; by default what the method returns. */
    public Builder onCacheFailure(OnCacheFailure policy) {
      onCacheFailure = policy;
      return this;
    }

    /** The module to install. */
    public CacheAnnotationsModule build() {
      return new CacheAnnotationsModule(this);
    }
  }
}
