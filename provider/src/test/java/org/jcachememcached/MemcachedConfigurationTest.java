package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import org.jcachememcached.api.ClearStrategy;
import org.jcachememcached.api.FailurePolicy;
import org.jcachememcached.api.KeyStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a cache is configured to beside what JCache knows. */
class MemcachedConfigurationTest {

  private static final Factory<ExpiryPolicy> TEN_MINUTES_AFTER_CREATION =
      CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 600_000));

  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  private CacheManager manager(String... properties) {
    Properties given = new Properties();
    for (int i = 0; i < properties.length; i += 2) {
      given.setProperty(properties[i], properties[i + 1]);
    }
    return provider.getCacheManager(URI.create("memory:configuration"), null, given);
  }

  @SuppressWarnings("unchecked") // The class of a configuration does not know its types.
  private static MemcachedConfiguration<Object, Object> readBack(Cache<?, ?> cache) {
    return ((Cache<Object, Object>) cache).getConfiguration(MemcachedConfiguration.class);
  }

  private static Factory<ExpiryPolicy> expiryOf(Cache<?, ?> cache) {
    return readBack(cache).getExpiryPolicyFactory();
  }

  @Test
  void isReadBackAsItWasGiven() {
    MemcachedConfiguration<String, String> configuration =
        new MemcachedConfiguration<String, String>()
            .setTypes(String.class, String.class)
            .setExpiry("accessed 30 minutes")
            .setOnFailure(FailurePolicy.THROW)
            .setKeyStrategy(KeyStrategy.BASE64)
            .setClear(ClearStrategy.GENERATION)
            .set("cas.attempts", "7")
            .setStatisticsEnabled(true);

    MemcachedConfiguration<Object, Object> found =
        readBack(manager().createCache("users", configuration));

    assertThat(found.settings()).containsAllEntriesOf(configuration.settings());
    assertThat(found.get("cas.attempts")).isEqualTo("7");
    assertThat((Class<?>) found.getKeyType()).isEqualTo(String.class);
    assertThat(found.isStatisticsEnabled()).isTrue();
    assertThat(found.getExpiryPolicyFactory())
        .isEqualTo(AccessedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 1_800_000)));
  }

  @Test
  void whatIsReadBackMakesTheSameCacheAgain() {
    Cache<?, ?> first =
        manager("memcached.cache.first.page.size", "9")
            .createCache("first", new MemcachedConfiguration<>().setExpiry("created 10m"));

    Cache<?, ?> second = manager().createCache("second", readBack(first));

    assertThat(readBack(second)).isEqualTo(readBack(first)).hasSameHashCodeAs(readBack(first));
    assertThat(readBack(second).get("page.size")).isEqualTo("9");
  }

  @Test
  void listenerOfASettingIsNotTwoWhenItIsReadBack() {
    Cache<?, ?> first =
        manager("memcached.cache.first.listeners", Silent.class.getName() + " synchronous")
            .createCache("first", new MemcachedConfiguration<>());

    Cache<?, ?> second = manager().createCache("second", readBack(first));

    assertThat(readBack(second).getCacheEntryListenerConfigurations())
        .singleElement()
        .satisfies(listener -> assertThat(listener.isSynchronous()).isTrue());
  }

  @Test
  void whatCodeSaysWinsOverProperties() {
    CacheManager manager =
        manager("memcached.page.size", "3", "memcached.cache.users.page.size", "4");

    assertThat(
            readBack(manager.createCache("others", new MutableConfiguration<>())).get("page.size"))
        .isEqualTo("3");
    assertThat(
            readBack(
                    manager.createCache(
                        "users", new MemcachedConfiguration<>().set("page.size", "5")))
                .get("page.size"))
        .isEqualTo("5");
  }

  @Test
  void changesOfTheOriginalHaveNoEffect() {
    MemcachedConfiguration<Object, Object> configuration =
        new MemcachedConfiguration<>().set("page.size", "5");
    Cache<?, ?> cache = manager().createCache("users", configuration);
    readBack(cache).set("page.size", "6");
    configuration.set("page.size", "7");

    assertThat(readBack(cache).get("page.size")).isEqualTo("5");
  }

  @Test
  void defaultExpiryOfTheManagerIsThatOfCachesThatNameNone() {
    CacheManager manager = manager("memcached.expiry", "created 10 minutes");
    MutableConfiguration<Object, Object> accessed =
        new MutableConfiguration<>()
            .setExpiryPolicyFactory(AccessedExpiryPolicy.factoryOf(Duration.ONE_DAY));

    assertThat(expiryOf(manager.createCache("a", new MutableConfiguration<>())))
        .isEqualTo(TEN_MINUTES_AFTER_CREATION);
    assertThat(expiryOf(manager.createCache("b", new MemcachedConfiguration<>())))
        .isEqualTo(TEN_MINUTES_AFTER_CREATION);
    assertThat(expiryOf(manager.createCache("c", new PlainConfiguration())))
        .isEqualTo(TEN_MINUTES_AFTER_CREATION);
    assertThat(expiryOf(manager.createCache("d", accessed)))
        .isEqualTo(AccessedExpiryPolicy.factoryOf(Duration.ONE_DAY));
    assertThat(
            expiryOf(manager.createCache("e", new MemcachedConfiguration<>().setExpiry("eternal"))))
        .isEqualTo(EternalExpiryPolicy.factoryOf());
  }

  @Test
  void attributesOfJCacheCanComeFromSettings() {
    CacheManager manager =
        manager(
            "memcached.cache.users.key.type", "java.lang.String",
            "memcached.cache.users.loader", UpperCase.class.getName(),
            "memcached.cache.users.read.through", "true",
            "memcached.statistics", "true");

    Cache<Object, Object> users = manager.createCache("users", new MutableConfiguration<>());

    assertThat(users.get("ada")).isEqualTo("ADA");
    assertThat((Class<?>) readBack(users).getKeyType()).isEqualTo(String.class);
    assertThat(readBack(users).isStatisticsEnabled()).isTrue();
  }

  @Test
  void classThatIsNotThereIsNamed() {
    CacheManager manager = manager("memcached.cache.users.loader", "com.acme.Loader");

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> manager.createCache("users", new MutableConfiguration<>()))
        .withMessage(
            "The setting loader in the property memcached.cache.users.loader is"
                + " \"com.acme.Loader\", but must be a class that the class loader of the cache"
                + " manager, or of the thread, finds");
  }

  @Test
  void classOfAnotherKindIsNamed() {
    CacheManager manager = manager("memcached.cache.users.loader", "java.lang.String");

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> manager.createCache("users", new MutableConfiguration<>()))
        .withMessage(
            "The setting loader in the property memcached.cache.users.loader is"
                + " \"java.lang.String\", but must be a class that implements"
                + " javax.cache.integration.CacheLoader or javax.cache.configuration.Factory");
  }

  @Test
  void wrongSettingIsRefusedWhereItIsSet() {
    MemcachedConfiguration<Object, Object> configuration = new MemcachedConfiguration<>();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> configuration.set("page.sise", "5"))
        .withMessageContaining("page.sise")
        .withMessageContaining("page.size");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> configuration.set("page.size", "many"))
        .withMessageContaining("page.size")
        .withMessageContaining("many");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> configuration.set("application", "shop"))
        .withMessageContaining("application");
  }

  @Test
  void secretsAreNotReadBack() {
    MemcachedConfiguration<Object, Object> configuration =
        new MemcachedConfiguration<>().set("username", "ada").set("password", "hunter2");

    MemcachedConfiguration<Object, Object> found =
        readBack(manager().createCache("users", configuration));

    assertThat(found.settings()).doesNotContainKeys("username", "password");
    assertThat(found.settings().values()).doesNotContain("hunter2");
  }

  @Test
  void isSerializable() throws Exception {
    MemcachedConfiguration<Object, Object> configuration =
        new MemcachedConfiguration<>().setExpiry("created 10m").setStatisticsEnabled(true);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(configuration);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(configuration);
    }
  }

  @Test
  void everySetterIsFluent() {
    assertThat(MutableConfiguration.class.getDeclaredMethods())
        .filteredOn(method -> method.getReturnType() == MutableConfiguration.class)
        .isNotEmpty()
        .allMatch(MemcachedConfigurationTest::returnsOurType);
  }

  private static boolean returnsOurType(Method setter) {
    return Arrays.stream(ChainedConfiguration.class.getDeclaredMethods())
        .filter(method -> method.getReturnType() == ChainedConfiguration.class)
        .anyMatch(method -> method.getName().equals(setter.getName()));
  }

  @Test
  void keysThatBeginLikeThoseOfAnotherCacheAreRefused() {
    CacheManager manager = manager();
    manager.createCache("users", new MemcachedConfiguration<>().setKeyPrefix("user:"));

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(
            () ->
                manager.createCache(
                    "admins", new MemcachedConfiguration<>().setKeyPrefix("user:admin:")))
        .withMessage(
            "The keys of cache 'admins' begin with 'user:admin:' and those of cache 'users' with"
                + " 'user:' (setting key.prefix), so that a clear of one would remove entries of"
                + " the other");
    assertThat((Object) manager.getCache("admins")).isNull();
    assertThat((Object) manager.createCache("guests", new MutableConfiguration<>())).isNotNull();
  }

  @Test
  void groupHasAClientOfItsOwn() {
    CacheManager manager = manager("memcached.cache.b.engine", "none");
    Cache<Object, Object> a = manager.createCache("a", new MutableConfiguration<>());
    Cache<Object, Object> b = manager.createCache("b", new MutableConfiguration<>());
    a.putAll(Map.of("k", "v"));
    b.putAll(Map.of("k", "v"));

    assertThat(a.get("k")).isEqualTo("v");
    assertThat(b.get("k")).isNull();
  }

  /** Neither complete nor ours. */
  private static final class PlainConfiguration implements Configuration<Object, Object> {

    private static final long serialVersionUID = 1L;

    @Override
    public Class<Object> getKeyType() {
      return Object.class;
    }

    @Override
    public Class<Object> getValueType() {
      return Object.class;
    }

    @Override
    public boolean isStoreByValue() {
      return true;
    }
  }

  /** A listener that a setting names. */
  public static final class Silent implements CacheEntryCreatedListener<Object, Object> {

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends Object, ? extends Object>> events) {}
  }

  /** A loader that a setting names. */
  public static final class UpperCase implements CacheLoader<String, String> {

    @Override
    public String load(String key) {
      return key.toUpperCase(java.util.Locale.ROOT);
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
      throw new UnsupportedOperationException("not asked for in this test");
    }
  }

  @Test
  @SuppressWarnings("unchecked") // The class of a configuration does not know its types.
  void isReadBackAsCompleteConfigurationToo() {
    Cache<Object, Object> cache =
        manager().createCache("users", new MemcachedConfiguration<>().setExpiry("created 10m"));

    CompleteConfiguration<?, ?> complete = cache.getConfiguration(CompleteConfiguration.class);

    assertThat((Object) complete.getExpiryPolicyFactory()).isEqualTo(TEN_MINUTES_AFTER_CREATION);
  }
}
