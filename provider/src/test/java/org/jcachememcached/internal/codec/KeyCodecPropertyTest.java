package org.jcachememcached.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The key codec against {@code equals}: a store by bytes must behave as a hash map does. */
class KeyCodecPropertyTest {

  private final KeyCodec codec = new KeyCodec(new Namespace("orders", "user"), Keys::classLoader);

  @Provide
  Arbitrary<Object> keys() {
    return Keys.any();
  }

  @Provide
  Arbitrary<List<Object>> lists() {
    return Keys.any().list().ofMaxSize(30);
  }

  @Provide
  Arbitrary<String> strings() {
    return Keys.strings();
  }

  @Property
  void equalKeysOfOtherInstancesMeet(@ForAll("keys") Object key) {
    Object rebuilt = Objects.requireNonNull(Keys.rebuilt(key));

    assertThat(rebuilt).isEqualTo(key);
    assertThat(codec.encode(rebuilt)).isEqualTo(codec.encode(key));
  }

  @Property
  void asManyWireKeysAsAHashSetHasKeys(@ForAll("lists") List<Object> keys) {
    Set<String> wires = new HashSet<>();
    keys.forEach(key -> wires.add(codec.encode(key).wire()));

    assertThat(wires).hasSameSizeAs(new HashSet<>(keys));
  }

  @Property
  void comesBackEqual(@ForAll("keys") Object key) {
    EncodedKey encoded = codec.encode(key);

    assertThat(codec.decode(encoded.wire(), encoded.original())).isEqualTo(key);
  }

  @Property
  void fitsOnTheWire(@ForAll("keys") Object key) {
    assertThat(codec.encode(key).wire()).matches("orders:user:[\\x21-\\x7e]{1,238}");
  }

  @Property
  void anyStringComesBack(@ForAll String key) {
    EncodedKey encoded = codec.encode(key);

    assertThat(encoded.wire()).matches("[\\x21-\\x7e]{1,250}");
    assertThat(codec.decode(encoded.wire(), encoded.original())).isEqualTo(key);
  }

  @Property
  void noKeyOfOneNamespaceIsInAnother(
      @ForAll("strings") String application,
      @ForAll("strings") String cache,
      @ForAll("strings") String otherApplication,
      @ForAll("strings") String otherCache,
      @ForAll("keys") Object key) {
    Namespace namespace = new Namespace(application, cache);
    Namespace other = new Namespace(otherApplication, otherCache);
    String wire = new KeyCodec(namespace, Keys::classLoader).encode(key).wire();

    assertThat(wire).startsWith(namespace.prefix()).hasSizeLessThanOrEqualTo(250);
    assertThat(wire.startsWith(other.prefix()))
        .isEqualTo(application.equals(otherApplication) && cache.equals(otherCache));
  }
}
