package org.jcachememcached.internal.codec.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Samples.forAll;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jcachememcached.internal.codec.Codecs;
import org.jcachememcached.internal.codec.Keys;
import org.junit.jupiter.api.Test;

/** The key codec against {@code equals}: a store by bytes must behave as a hash map does. */
class KeyCodecPropertyTest {

  private final KeyCodec codec = Codecs.keys();

  @Test
  void equalKeysOfOtherInstancesMeet() {
    forAll(
        samples -> {
          Object key = samples.any(Keys::any);
          Object rebuilt = Objects.requireNonNull(Keys.rebuilt(key));

          assertThat(rebuilt).isEqualTo(key);
          assertThat(codec.encode(rebuilt)).isEqualTo(codec.encode(key));
        });
  }

  @Test
  void asManyWireKeysAsAHashSetHasKeys() {
    forAll(
        samples -> {
          List<Object> keys = samples.list(30, Keys::any);
          Set<String> wires = new HashSet<>();
          keys.forEach(key -> wires.add(codec.encode(key).wire()));

          assertThat(wires).hasSameSizeAs(new HashSet<>(keys));
        });
  }

  @Test
  void comesBackEqual() {
    forAll(
        samples -> {
          Object key = samples.any(Keys::any);
          EncodedKey encoded = codec.encode(key);

          assertThat(codec.decode(encoded.wire(), encoded.original())).isEqualTo(key);
        });
  }

  @Test
  void fitsOnTheWire() {
    forAll(
        samples ->
            assertThat(codec.encode(samples.any(Keys::any)).wire())
                .matches("orders:user:[\\x21-\\x7e]{1,238}"));
  }

  @Test
  void anyStringComesBack() {
    forAll(
        samples -> {
          String key = samples.text();
          EncodedKey encoded = codec.encode(key);

          assertThat(encoded.wire()).matches("[\\x21-\\x7e]{1,250}");
          assertThat(codec.decode(encoded.wire(), encoded.original())).isEqualTo(key);
        });
  }

  @Test
  void noKeyOfOneNamespaceIsInAnother() {
    forAll(
        samples ->
            noKeyOfOneNamespaceIsInAnother(
                Keys.string(samples),
                Keys.string(samples),
                Keys.string(samples),
                Keys.string(samples),
                samples.any(Keys::any)));
  }

  private static void noKeyOfOneNamespaceIsInAnother(
      String application, String cache, String otherApplication, String otherCache, Object key) {
    Namespace namespace = Codecs.namespace(application, cache);
    Namespace other = Codecs.namespace(otherApplication, otherCache);
    String wire = Codecs.keys(namespace).encode(key).wire();

    assertThat(wire).startsWith(namespace.prefix()).hasSizeLessThanOrEqualTo(250);
    assertThat(wire.startsWith(other.prefix()))
        .isEqualTo(application.equals(otherApplication) && cache.equals(otherCache));
  }
}
