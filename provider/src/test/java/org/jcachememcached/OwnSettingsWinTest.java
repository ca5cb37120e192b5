package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is said of a cache itself wins over what is said for all caches and does not go with it;
 * what contradicts itself in one place is refused.
 */
class OwnSettingsWinTest {

  private final CachingProvider provider = new MemcachedCachingProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  private Cache<Object, Object> cache(String ofAll, String ofCache) {
    Properties properties = new Properties();
    for (String property : ofCache.split(" ", -1)) {
      String[] parts = property.split("=", 2);
      properties.setProperty("memcached.cache.users." + parts[0], parts[1]);
    }
    CacheManager manager =
        provider.getCacheManager(
            URI.create("memory:own;" + ofAll), getClass().getClassLoader(), properties);
    return manager.createCache("users", new MutableConfiguration<>());
  }

  @SuppressWarnings("unchecked") // A class literal has no type arguments.
  private static @Nullable String setting(Cache<?, ?> cache, String name) {
    return cache.getConfiguration(MemcachedConfiguration.class).get(name);
  }

  @ParameterizedTest
  @CsvSource({
    "compression.type:gzip, codec=json, compression.type",
    "compression.type:zlib, codec=string, compression.type",
    "compression.type:zstd, codec=string format=php, compression.type",
    "compression.type:lz4, codec=bytes, compression.type",
    "key.strategy:hash, codec=json, key.strategy",
    "clear:generation, codec=json, clear",
    "codec:json;compression.type:gzip, format=plain, compression.type",
    "codec:string;clear:generation, format=python, clear",
    "format:php, codec=java, format",
  })
  void aDefaultThatDoesNotGoWithTheCachesCodecIsSetAside(
      String ofAll, String ofCache, String aside) {
    Cache<Object, Object> cache = cache(ofAll, ofCache);

    assertThat(setting(cache, aside)).isNull();
    Object value = ofCache.contains("bytes") ? new byte[] {1} : "value";
    cache.put("key", value);
    assertThat(cache.get("key")).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "codec:json, compression.type=gzip",
    "codec:string, key.strategy=hash",
    "codec:string, clear=generation",
    "codec:json;format:php, compression.type=zstd",
  })
  void aFormatForAllGoesByWhatTheCacheNeeds(String ofAll, String ofCache) {
    Cache<Object, Object> cache = cache(ofAll, ofCache);

    assertThat(setting(cache, "format")).isEqualTo("envelope");
    cache.put("key", "value");
    assertThat(cache.get("key")).isEqualTo("value");
  }

  @Test
  void severalDefaultsAreSetAside() {
    Cache<Object, Object> cache =
        cache("compression.type:gzip;key.strategy:hash;clear:generation", "codec=json");

    cache.put("key", "value");
    assertThat(cache.get("key")).isEqualTo("value");
    cache.clear();
    assertThat(cache.containsKey("key")).isFalse();
  }

  @Test
  void whatGoesTogetherIsLeftAsItIs() {
    Cache<Object, Object> cache = cache("compression.type:zlib", "codec=string format=php");

    assertThat(setting(cache, "compression.type")).isEqualTo("zlib");
  }

  @Test
  void codeIsOfTheCacheToo() {
    CacheManager manager =
        provider.getCacheManager(URI.create("memory:code;compression.type:gzip"), null);

    Cache<Object, Object> cache =
        manager.createCache("users", new MemcachedConfiguration<>().setCodec("json"));

    assertThat(setting(cache, "compression.type")).isNull();
  }

  @Test
  void aMoveIsNeverSetAside() {
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(
            () ->
                provider
                    .getCacheManager(URI.create("memcached://new/;fallback.servers:old"), null)
                    .createCache("users", new MemcachedConfiguration<>().setCodec("json")))
        .withMessageContaining("fallback.servers: other clients would take")
        .withMessageContaining("fallback.servers is set in the URI memcached://new/;fallback")
        .withMessageEndingWith("format=envelope goes with all");
  }

  @Test
  void bothOfOneCacheAreRefused() {
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache("page.size:9", "codec=json compression.type=gzip"))
        .withMessage(
            "Cache 'users': The setting format is plain (for the codec json in the property"
                + " memcached.cache.users.codec), which does not go with compression.type=gzip: it"
                + " has no mark for what is compressed (compression.type is set in the property"
                + " memcached.cache.users.compression.type); format=envelope goes with all");
  }

  @Test
  void bothForAllAreRefused() {
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache("codec:json;compression.type:gzip", "page.size=9"))
        .withMessageContaining("for the codec json in the URI memory:own;codec:json;")
        .withMessageContaining("compression.type is set in the URI memory:own;codec:json;")
        .withMessageEndingWith("format=envelope goes with all");
  }

  @ParameterizedTest
  @CsvSource({
    "codec:bytes, value.type=java.lang.String, codec",
    "key.strategy:string, key.type=java.util.Date, key.strategy",
  })
  void aDefaultThatDoesNotGoWithTheTypesIsRefusedWithTheRemedy(
      String ofAll, String ofCache, String setting) {
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache(ofAll, ofCache))
        .withMessageStartingWith("Cache 'users': The ")
        .withMessageEndingWith(
            "; %s is set in the URI memory:own;%s for all caches, and can be set to something else"
                    .formatted(setting, ofAll)
                + " for this one");
  }
}
