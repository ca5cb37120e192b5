package org.jcachememcached;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.api.ValueCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Objects of an application in a configuration, in place of the names of their classes. */
class GivenInstancesTest {

  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  private MemcachedCacheManager manager() {
    return (MemcachedCacheManager) provider.getCacheManager(URI.create("memory:instances"), null);
  }

  /** Writes texts behind a mark of its own; no other class could create it. */
  private static class MarkingCodec implements ValueCodec {
    private final String mark;

    MarkingCodec() {
      this("");
    }

    MarkingCodec(String mark) {
      this.mark = mark;
    }

    @Override
    public EncodedValue encode(Object value) {
      return new EncodedValue(128, (mark + value).getBytes(UTF_8));
    }

    @Override
    public Object decode(int codec, byte[] data, int offset, int length) {
      String text = new String(data, offset, length, UTF_8);
      if (!text.startsWith(mark)) {
        throw new CodecException(text + " does not begin with " + mark, null);
      }
      return text.substring(mark.length());
    }
  }

  private static final class SerializableCodec extends MarkingCodec implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean equals(Object other) {
      return other instanceof SerializableCodec;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  /** A loader, writer, listener and filter at once, which notes how it was called. */
  private static final class Everything
      implements CacheLoader<String, String>,
          CacheWriter<String, String>,
          CacheEntryCreatedListener<String, String>,
          CacheEntryEventFilter<String, String>,
          Closeable {

    private final List<String> calls = new ArrayList<>();

    @Override
    public String load(String key) {
      calls.add("load " + key);
      return "loaded";
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(Cache.Entry<? extends String, ? extends String> entry) {
      calls.add("write " + entry.getKey());
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void delete(Object key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      events.forEach(event -> calls.add("created " + event.getKey()));
    }

    @Override
    public boolean evaluate(CacheEntryEvent<? extends String, ? extends String> event) {
      return !event.getKey().startsWith("unwanted");
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }

  private static MemcachedConfiguration<String, String> configuration() {
    return new MemcachedConfiguration<String, String>().setTypes(String.class, String.class);
  }

  private static MemcachedConfiguration<String, String> with(Everything everything) {
    return configuration()
        .setCacheLoader(everything)
        .setReadThrough(true)
        .setCacheWriter(everything)
        .setWriteThrough(true)
        .addListener(everything, everything, false, true);
  }

  @Test
  void aCodecIsUsedAsItIs() {
    ValueCodec codec = new MarkingCodec("mine:");
    Cache<String, String> cache = manager().createCache("c", configuration().setCodec(codec));
    Cache<String, String> same = manager().createCache("d", readBack(cache));
    cache.put("k", "v");
    same.put("k", "w");

    assertThat(cache.get("k")).isEqualTo("v");
    assertThat(same.get("k")).isEqualTo("w");
  }

  @Test
  void theCodecKeepsTheContractOfCodecs() {
    ValueCodec wrongId =
        new MarkingCodec("") {
          @Override
          public EncodedValue encode(Object value) {
            return new EncodedValue(1, new byte[0]);
          }
        };
    Cache<String, String> cache = manager().createCache("c", configuration().setCodec(wrongId));

    assertThatThrownBy(() -> cache.put("k", "v"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("an own codec has ids from 128 to 255");
  }

  @Test
  void theSettingHasTheNameOfTheClass() {
    MemcachedConfiguration<String, String> configuration =
        configuration().setCodec(new MarkingCodec("mine:"));
    assertThat(configuration.get("codec")).isEqualTo(MarkingCodec.class.getName());
    assertThat(configuration.settings()).containsEntry("codec", MarkingCodec.class.getName());

    Cache<String, String> cache = manager().createCache("c", configuration);
    assertThat(readBack(cache).get("codec")).isEqualTo(MarkingCodec.class.getName());
  }

  @Test
  void theLastCodecCounts() {
    MemcachedConfiguration<String, String> configuration =
        configuration().setCodec(new MarkingCodec("mine:")).setCodec("string");

    assertThat(configuration).isEqualTo(configuration().setCodec("string"));
  }

  @Test
  void configurationsAreEqualIfTheirInstancesAre() {
    ValueCodec codec = new MarkingCodec("mine:");
    Everything everything = new Everything();

    assertThat(configuration().setCodec(codec))
        .isEqualTo(configuration().setCodec(codec))
        .hasSameHashCodeAs(configuration().setCodec(codec))
        .isEqualTo(new MemcachedConfiguration<>(configuration().setCodec(codec)))
        .isNotEqualTo(configuration().setCodec(new MarkingCodec("mine:")))
        .isNotEqualTo(configuration().setCodec(MarkingCodec.class));
    assertThat(with(everything))
        .isEqualTo(with(everything))
        .isEqualTo(new MemcachedConfiguration<>(with(everything)))
        .isNotEqualTo(with(new Everything()));
  }

  @Test
  void loaderWriterAndListenerAreCalledAndNotClosed() {
    Everything everything = new Everything();
    Cache<String, String> cache = manager().createCache("c", with(everything));
    cache.get("a");
    cache.put("b", "v");
    cache.put("unwanted", "v");
    cache.close();
    Cache<String, String> again = manager().createCache("c2", with(everything));
    again.deregisterCacheEntryListener(
        with(everything).getCacheEntryListenerConfigurations().iterator().next());
    provider.close();

    assertThat(everything.calls)
        .containsExactly("load a", "created a", "write b", "created b", "write unwanted");
  }

  @Test
  void whatFactoriesCreateIsClosed() {
    Everything everything = new Everything();
    Cache<String, String> cache =
        manager().createCache("c", configuration().setCacheLoaderFactory(() -> everything));
    cache.close();

    assertThat(everything.calls).containsExactly("close");
  }

  @Test
  @SuppressWarnings("NullAway") // Not every caller is checked for null.
  void oneListenerIsAddedOnce() {
    Everything everything = new Everything();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(everything).addListener(everything, everything, false, true));
    assertThatNullPointerException()
        .isThrownBy(() -> configuration().addListener(null, null, false, true));
    assertThatNullPointerException().isThrownBy(() -> configuration().setCacheLoader(null));
    assertThatNullPointerException().isThrownBy(() -> configuration().setCacheWriter(null));
  }

  @Test
  void aConfigurationIsSerializableIfItsInstancesAre() throws Exception {
    MemcachedConfiguration<String, String> serializable =
        configuration().setCodec(new SerializableCodec());

    assertThat(copied(serializable)).isEqualTo(serializable);
    assertThatThrownBy(() -> copied(configuration().setCodec(new MarkingCodec(""))))
        .isInstanceOf(NotSerializableException.class)
        .hasMessage(MarkingCodec.class.getName());
    assertThatThrownBy(() -> copied(configuration().setCacheLoader(new Everything())))
        .isInstanceOf(NotSerializableException.class)
        .hasMessage(Everything.class.getName());
  }

  private static Object copied(Object original) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(original);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }

  /** Such as that of a hidden class. */
  @Test
  void aNameThatTheSettingDoesNotTakeIsReplaced() throws Exception {
    MethodHandles.Lookup hidden =
        MethodHandles.lookup().defineHiddenClass(bytesOf(SerializableCodec.class), true);
    Constructor<?> constructor = hidden.lookupClass().getDeclaredConstructor();
    constructor.setAccessible(true);
    ValueCodec codec = (ValueCodec) constructor.newInstance();

    MemcachedConfiguration<String, String> configuration = configuration().setCodec(codec);

    assertThat(configuration.get("codec")).isEqualTo(ValueCodec.class.getName());
    Cache<String, String> cache = manager().createCache("c", configuration);
    cache.put("k", "v");
    assertThat(cache.get("k")).isEqualTo("v");
  }

  private static byte[] bytesOf(Class<?> type) throws IOException {
    try (InputStream in = type.getResourceAsStream("GivenInstancesTest$SerializableCodec.class")) {
      return in.readAllBytes();
    }
  }

  @SuppressWarnings("unchecked")
  private static MemcachedConfiguration<String, String> readBack(Cache<String, String> cache) {
    return cache.getConfiguration(MemcachedConfiguration.class);
  }
}
