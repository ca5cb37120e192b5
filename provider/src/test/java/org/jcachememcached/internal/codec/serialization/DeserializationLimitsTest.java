package org.jcachememcached.internal.codec.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.internal.codec.serialization.SerializedObjects.assertRefused;
import static org.jcachememcached.internal.codec.serialization.SerializedObjects.read;
import static org.jcachememcached.internal.codec.serialization.SerializedObjects.serialized;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.jcachememcached.internal.codec.Codecs;
import org.jcachememcached.internal.codec.Policies;
import org.jcachememcached.internal.codec.key.EncodedKey;
import org.jcachememcached.internal.codec.key.KeyCodec;
import org.jcachememcached.internal.codec.serialization.SerializedObjects.Node;
import org.jcachememcached.internal.config.CacheSettings;
import org.junit.jupiter.api.Test;

/** How much is read: depth, references, elements of arrays, bytes. */
class DeserializationLimitsTest {

  @Test
  void aLinkedListMadeByHandMayBeLong() throws IOException {
    byte[] bytes = serialized(Node.chain(500));

    assertThat(read(bytes, Policies.DEFAULT)).isInstanceOf(Node.class);
    assertRefused(
        () -> read(serialized(Node.chain(501)), Policies.DEFAULT),
        "more than 500 levels of nesting",
        "deserialization.max.depth");
  }

  @Test
  void keysMayNotBeNestedWithoutEnd() {
    Object key = "leaf";
    for (int i = 0; i < 600; i++) {
      key = Collections.singletonList(key);
    }
    KeyCodec codec = Codecs.keys();
    EncodedKey encoded = codec.encode(key);

    assertRefused(
        () -> codec.decode(encoded.wire(), encoded.original()), "deserialization.max.depth");
  }

  @Test
  void limitsCanBeSet() throws IOException {
    List<Integer> hundred = IntStream.range(0, 100).boxed().toList();

    assertRefused(
        () ->
            read(
                serialized(hundred),
                Policies.with(CacheSettings.DESERIALIZATION_MAX_REFERENCES, 50)),
        "more than 50 references",
        "deserialization.max.references");
    assertRefused(
        () -> read(serialized(hundred), Policies.with(CacheSettings.DESERIALIZATION_MAX_ARRAY, 99)),
        "more than 99 elements in an array",
        "deserialization.max.array");
    assertRefused(
        () -> read(serialized(hundred), Policies.with(CacheSettings.DESERIALIZATION_MAX_BYTES, 99)),
        "more than 99 bytes",
        "deserialization.max.bytes");
    assertRefused(
        () ->
            read(
                serialized(Node.chain(4)),
                Policies.with(CacheSettings.DESERIALIZATION_MAX_DEPTH, 3)),
        "more than 3 levels of nesting",
        "deserialization.max.depth");
  }

  /** Each array announces all the bytes there are, and is allocated before the next is read. */
  @Test
  void nestedArraysCannotAnnounceMoreThanThereIs() throws IOException {
    Object[] array = new Object[40_000];
    for (int i = 0; i < 20; i++) {
      Object[] outer = new Object[40_000];
      outer[0] = array;
      array = outer;
    }
    byte[] honest = serialized(array);
    byte[] cut = Arrays.copyOf(honest, 300);

    assertThat(read(honest, Policies.DEFAULT)).isInstanceOf(Object[].class);
    assertRefused(() -> read(cut, Policies.DEFAULT), "300 bytes can fill");
  }

  @Test
  void anArrayCannotBeLargerThanItsBytes() {
    byte[] bytes =
        HexFormat.of().parseHex("aced0005757200025b42acf317f8060854e0020000787001000000");

    assertRefused(() -> read(bytes, Policies.DEFAULT), "arrays of 16777216 elements");
  }
}
