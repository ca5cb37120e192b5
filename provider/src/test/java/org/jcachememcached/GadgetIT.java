package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.apache.commons.collections.Transformer;
import org.apache.commons.collections.functors.ChainedTransformer;
import org.apache.commons.collections.functors.ConstantTransformer;
import org.apache.commons.collections.functors.InvokerTransformer;
import org.apache.commons.collections.keyvalue.TiedMapEntry;
import org.apache.commons.collections.map.LazyMap;
import org.jcachememcached.testing.MemcachedServer;
import org.jcachememcached.testing.TextClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An attacker with write access to the memcached stores an object that runs code when it is read:
 * the chain of commons-collections 3.2.1, which here only sets a system property.
 */
class GadgetIT {

  private static final String MARK = "org.jcachememcached.GadgetIT.executed";
  private static final String KEY = "shop:orders:s.k";
  private static final int FLAGS_OF_A_SERIALIZED_VALUE = 0x4A43_1001;

  private static final String REFUSAL =
      "The deserialization refused the class org.apache.commons.collections.keyvalue.TiedMapEntry,"
          + " because it is known from attacks (calls any method of any object); if it is needed,"
          + " allow it in the setting deserialization.filter";

  private static MemcachedServer server;
  private CachingProvider provider;

  @BeforeAll
  static void startServer() {
    server = MemcachedServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void openProvider() {
    provider = new MemcachedCachingProvider();
    System.clearProperty(MARK);
  }

  @AfterEach
  void closeProvider() {
    provider.close();
    System.clearProperty(MARK);
  }

  @Test
  void theChainWorksWithoutTheFilter() throws Exception {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(gadget()))) {
      in.readObject();
    }

    assertThat(System.getProperty(MARK)).isEqualTo("yes");
  }

  @Test
  void theChainIsRefusedAndNothingRuns() throws Exception {
    Cache<String, Object> cache = cache("on.failure", "throw");
    putBehindItsBack(gadget());

    for (Runnable read :
        new Runnable[] {
          () -> cache.get("k"),
          () -> cache.getAll(Set.of("k")),
          () -> cache.iterator().next(),
          () -> cache.getAndPut("k", "v")
        }) {
      assertThatThrownBy(read::run)
          .isInstanceOf(CacheException.class)
          .hasMessage("Cache 'orders': The entry '" + KEY + "' cannot be decoded: " + REFUSAL);
    }
    assertThat(System.getProperty(MARK)).isNull();
  }

  @Test
  void anEntryProcessorDoesNotSeeItEither() throws Exception {
    Cache<String, Object> cache = cache("on.failure", "throw");
    putBehindItsBack(gadget());

    assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> entry.getValue()))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining(REFUSAL);
    assertThat(System.getProperty(MARK)).isNull();
  }

  @Test
  void whereFailuresDegradeItIsAMiss() throws Exception {
    Cache<String, Object> cache = cache("on.failure", "degrade");
    putBehindItsBack(gadget());

    assertThat(cache.get("k")).isNull();
    assertThat(cache.getAll(Set.of("k"))).isEmpty();
    assertThat(cache.iterator()).isExhausted();
    assertThat(cache.<Boolean>invoke("k", (entry, arguments) -> entry.exists())).isFalse();
    assertThat(System.getProperty(MARK)).isNull();
  }

  @Test
  void patternsOfTheApplicationRefuseItToo() throws Exception {
    Cache<String, Object> cache = cache("deserialization.filter", "java.base/*;!*");
    putBehindItsBack(gadget());

    assertThatThrownBy(() -> cache.getAndPut("k", "v"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("the setting deserialization.filter does not allow it");
    assertThat(System.getProperty(MARK)).isNull();
  }

  @Test
  void whatWasRefusedCanBeReplaced() throws Exception {
    Cache<String, Object> cache = cache("on.failure", "degrade");
    putBehindItsBack(gadget());

    cache.put("k", "honest");

    assertThat(cache.get("k")).isEqualTo("honest");
  }

  private Cache<String, Object> cache(String setting, String value) {
    Properties properties = new Properties();
    properties.setProperty("memcached.on.failure", "throw");
    properties.setProperty("memcached." + setting, value);
    CacheManager manager =
        provider.getCacheManager(
            URI.create("memcached://" + server.address() + "/shop?timeout=10s"), null, properties);
    return manager.createCache(
        "orders", new MutableConfiguration<String, Object>().setTypes(String.class, Object.class));
  }

  private static void putBehindItsBack(byte[] bytes) {
    try (TextClient client = new TextClient(server.socketAddress())) {
      client.send(
          "set %s %d 0 %d\r\n%s\r\n"
              .formatted(
                  KEY,
                  FLAGS_OF_A_SERIALIZED_VALUE,
                  bytes.length,
                  new String(bytes, StandardCharsets.ISO_8859_1)));
      assertThat(client.readLine()).isEqualTo("STORED");
    }
  }

  /** A hash set whose element computes its hash code by calling {@code System.setProperty}. */
  @SuppressWarnings("unchecked") // The library is older than generics.
  private static byte[] gadget() throws Exception {
    Transformer chain =
        new ChainedTransformer(
            new Transformer[] {
              new ConstantTransformer(System.class),
              invoke(
                  "getMethod",
                  new Class<?>[] {String.class, Class[].class},
                  "setProperty",
                  new Class<?>[] {String.class, String.class}),
              invoke(
                  "invoke",
                  new Class<?>[] {Object.class, Object[].class},
                  "no receiver, the method is static",
                  new Object[] {MARK, "yes"})
            });
    Map<Object, Object> harmless = LazyMap.decorate(new HashMap<>(), new ConstantTransformer("x"));
    Set<Object> set = new HashSet<>(Set.of(new TiedMapEntry(harmless, "key")));
    harmless.clear();
    Field factory = LazyMap.class.getDeclaredField("factory");
    factory.setAccessible(true);
    factory.set(harmless, chain);
    return serialized(set);
  }

  private static Transformer invoke(String method, Class<?>[] types, Object... arguments) {
    return new InvokerTransformer(method, types, arguments);
  }

  private static byte[] serialized(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }
}
