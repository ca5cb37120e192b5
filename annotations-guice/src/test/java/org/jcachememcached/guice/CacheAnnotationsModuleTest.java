package org.jcachememcached.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.PrivateModule;
import com.google.inject.Singleton;
import com.google.inject.name.Named;
import com.google.inject.name.Names;
import java.lang.annotation.Annotation;
import java.net.URI;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.GeneratedCacheKey;
import javax.cache.spi.CachingProvider;
import org.jsr107.ri.annotations.DefaultCacheResolver;
import org.jsr107.ri.annotations.DefaultGeneratedCacheKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CacheAnnotationsModuleTest {

  private final Caching caching = Caching.inMemory();
  private final CacheManager manager = caching.manager();

  @AfterEach
  void close() {
    caching.close();
  }

  @Test
  void usesTheBoundManager() {
    assertUsesTheManager(
        new CacheAnnotationsModule(),
        binder -> binder.bind(CacheManager.class).toInstance(manager));
  }

  @Test
  void usesTheManagerOfAKey() {
    Key<CacheManager> key = Key.get(CacheManager.class, Names.named("orders"));
    assertUsesTheManager(
        CacheAnnotationsModule.builder().cacheManager(key).build(),
        binder -> binder.bind(key).toInstance(manager));
  }

  @Test
  void asksTheProviderForAManager() {
    assertUsesTheManager(
        CacheAnnotationsModule.builder()
            .cachingProvider(caching.provider())
            .uri(manager.getURI())
            .properties(new Properties())
            .classLoader(manager.getClassLoader())
            .build());
  }

  @Test
  void asksTheBoundProvider() {
    assertUsesTheManager(
        CacheAnnotationsModule.builder().uri(manager.getURI()).build(),
        binder -> binder.bind(CachingProvider.class).toInstance(caching.provider()));
  }

  @Test
  void takesProviderUriAndPropertiesFromKeys() {
    assertUsesTheManager(
        CacheAnnotationsModule.builder()
            .cachingProvider(Key.get(CachingProvider.class))
            .uri(Key.get(URI.class))
            .properties(Key.get(Properties.class))
            .build(),
        binder -> {
          binder.bind(CachingProvider.class).toInstance(caching.provider());
          binder.bind(URI.class).toInstance(manager.getURI());
          binder.bind(Properties.class).toInstance(new Properties());
        });
  }

  private void assertUsesTheManager(Module... modules) {
    Service service = Guice.createInjector(modules).getInstance(Service.class);
    service.get("a");
    service.get("a");

    assertThat(service.calls).hasValue(1);
    assertThat(manager.getCacheNames()).containsExactly("cache");
  }

  @Test
  void refusesAKeyThatNothingIsBoundTo() {
    CacheAnnotationsModule module =
        CacheAnnotationsModule.builder().cacheManager(Key.get(CacheManager.class)).build();

    assertThatThrownBy(() -> Guice.createInjector(module)).isInstanceOf(CreationException.class);
  }

  @Test
  void injectsTheDefaultKeyGenerator() {
    Service service =
        Guice.createInjector(
                caching.module().cacheKeyGenerator(TenantKey.class).build(), tenant("acme"))
            .getInstance(Service.class);
    service.get("a");

    assertThat(stored("acme", "a")).isEqualTo("value of a");
  }

  @Test
  void injectsTheKeyGeneratorThatAnAnnotationNames() {
    Service service =
        Guice.createInjector(caching.module().build(), tenant("acme")).getInstance(Service.class);
    service.getOfTenant("a");

    assertThat(stored("acme", "a")).isEqualTo("value of a");
  }

  @Test
  void injectsResolverFactories() {
    Injector injector =
        Guice.createInjector(
            CacheAnnotationsModule.builder().cacheResolverFactory(Prefixed.class).build(),
            tenant("acme"),
            binder -> binder.bind(CacheManager.class).toInstance(manager));
    injector.getInstance(Service.class).get("a");

    assertThat(manager.getCacheNames()).containsExactly("acme-cache");
  }

  @Test
  void refusesAGeneratorThatCannotBeCreated() {
    CacheAnnotationsModule module = caching.module().cacheKeyGenerator(TenantKey.class).build();

    assertThatThrownBy(() -> Guice.createInjector(module))
        .isInstanceOf(CreationException.class)
        .hasMessageContaining("tenant");
  }

  @Test
  void worksInAnInjectorThatWantsEverythingSaid() {
    assertUsesTheManager(
        caching.module().build(),
        binder -> {
          binder.requireExplicitBindings();
          binder.requireAtInjectOnConstructors();
          binder.bind(Service.class);
        });
  }

  @Test
  void worksInAPrivateModule() {
    assertUsesTheManager(
        new PrivateModule() {
          @Override
          protected void configure() {
            install(caching.module().build());
            bind(Service.class);
            expose(Service.class);
          }
        });
  }

  @Test
  void canBeInstalledInSeveralInjectors() {
    CacheAnnotationsModule module = caching.module().build();
    Guice.createInjector(module).getInstance(Service.class).get("a");
    Service second = Guice.createInjector(module).getInstance(Service.class);

    assertThat(second.get("a")).isEqualTo("value of a");
    assertThat(second.calls).hasValue(0);
  }

  @Test
  void refusesAPatienceThatIsNone() {
    assertThatThrownBy(() -> caching.module().stampedePatience(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The stampede patience is PT-0.001S; it must be between 0 and PT24H");
  }

  private Object stored(Object... key) {
    return manager.getCache("cache").get(new DefaultGeneratedCacheKey(key));
  }

  private static Module tenant(String name) {
    return binder -> binder.bind(Key.get(String.class, Names.named("tenant"))).toInstance(name);
  }

  @Singleton
  static class Service {

    final AtomicInteger calls = new AtomicInteger();

    @Inject
    Service() {}

    @CacheResult(cacheName = "cache")
    String get(String key) {
      calls.incrementAndGet();
      return "value of " + key;
    }

    @CacheResult(cacheName = "cache", cacheKeyGenerator = TenantKey.class)
    String getOfTenant(String key) {
      return "value of " + key;
    }
  }

  static class TenantKey implements CacheKeyGenerator {

    private final String tenant;

    @Inject
    TenantKey(@Named("tenant") String tenant) {
      this.tenant = tenant;
    }

    @Override
    public GeneratedCacheKey generateCacheKey(
        CacheKeyInvocationContext<? extends Annotation> context) {
      return new DefaultGeneratedCacheKey(
          new Object[] {tenant, context.getKeyParameters()[0].getValue()});
    }
  }

  static class Prefixed implements CacheResolverFactory {

    private final String prefix;
    private final CacheManager manager;

    @Inject
    Prefixed(@Named("tenant") String prefix, CacheManager manager) {
      this.prefix = prefix;
      this.manager = manager;
    }

    @Override
    public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> method) {
      return new DefaultCacheResolver(
          manager.createCache(
              prefix + "-" + method.getCacheName(), MissingCaches.create().configurationOf("")));
    }

    @Override
    public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> method) {
      return getCacheResolver(method);
    }
  }
}
