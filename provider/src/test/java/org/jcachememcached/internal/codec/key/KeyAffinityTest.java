package org.jcachememcached.internal.codec.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.testing.Samples.forAll;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.KeyAffinity;
import org.jcachememcached.internal.codec.Codecs;
import org.jcachememcached.internal.codec.Keys;
import org.jcachememcached.internal.codec.Policies;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that belong together, on the wire. */
class KeyAffinityTest {

  private static final String MARK = "\u00C2\u00A6";

  record Line(@Nullable String affinity, String rest) implements KeyAffinity, Serializable {}

  private static KeyCodec codec(String strategy, String affinity) {
    return codec(Codecs.namespace("orders", "cart"), strategy, affinity);
  }

  private static KeyCodec codec(Namespace namespace, String strategy, String affinity) {
    return KeyCodec.of(
        namespace,
        Policies.settings("key.strategy", strategy, "key.affinity", affinity),
        Object.class,
        Keys::classLoader,
        Policies.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "base64", "hash"})
  void anAffinityOfTheClassIsBehindTheKey(String strategy) {
    KeyCodec codec = codec(strategy, "none");
    Line key = new Line("user42", "3");
    EncodedKey encoded = codec.encode(key);

    assertThat(encoded.wire()).matches("orders:cart:[bh]\\.[^{}]+" + MARK + "user42");
    assertThat(codec.decode(encoded.wire(), encoded.original())).isEqualTo(key);
  }

  @Test
  void theAffinityIsOutsideTheHash() {
    KeyCodec codec = codec("auto", "none");
    Line key = new Line("user42", "x".repeat(1000));
    EncodedKey encoded = codec.encode(key);

    assertThat(encoded.wire()).matches("orders:cart:h\\..{43}" + MARK + "user42");
    assertThat(codec.decode(encoded.wire(), encoded.original())).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1234567890123456789012345678901234567", "a b", "é", "\uD800", "a¦b"})
  void anAffinityThatIsLongOrNotAsciiIsHashed(String affinity) {
    KeyCodec codec = codec("auto", "none");
    Line key = new Line(affinity, "3");
    String wire = codec.encode(key).wire();

    assertThat(wire).matches("[\\x21-\\x7e]+" + MARK + "[A-Za-z0-9_-]{22}");
    assertThat(codec.decode(wire, null)).isEqualTo(key);
    assertThat(codec.encode(new Line(affinity, "4")).wire())
        .endsWith(wire.substring(wire.indexOf(MARK)));
  }

  @Test
  void aKeyIsHashedIfItsAffinityLeavesNoRoom() {
    KeyCodec codec = codec("auto", "none");
    forAll(
        samples -> {
          Line key = new Line("user", "x".repeat(samples.between(0, 250)));
          EncodedKey encoded = codec.encode(key);

          assertThat(encoded.wire()).hasSizeLessThanOrEqualTo(250);
          assertThat(codec.decode(encoded.wire(), encoded.original())).isEqualTo(key);
        });
  }

  @Test
  void aPrefixThatLeavesNoRoomIsRefused() {
    KeyCodec codec = codec(Codecs.namespace("a".repeat(89), "c".repeat(89)), "auto", "none");

    assertThat(codec.encode(new Line("user", "x".repeat(300))).wire()).hasSize(180 + 45 + 6);
    assertThatThrownBy(() -> codec.encode(new Line("u".repeat(36), "x".repeat(300))))
        .isInstanceOf(CodecException.class)
        .hasMessageContainingAll("263 bytes", "affinity", "250");
  }

  @Test
  void aKeyWithoutAffinityIsAsEver() {
    assertThat(codec("auto", "none").encode(new Line("", "3")).wire()).doesNotContain(MARK);
    assertThat(codec("auto", "none").encode("cart:{user42}:a b").wire()).doesNotContain(MARK);
    assertThat(codec("auto", "braces").encode("cart:a b").wire()).doesNotContain(MARK);
    assertThat(codec("auto", "braces").encode(List.of("{user}")).wire()).doesNotContain(MARK);
  }

  @Test
  void anAffinityOfNullIsRefused() {
    assertThatThrownBy(() -> codec("auto", "none").encode(new Line(null, "3")))
        .isInstanceOf(CodecException.class)
        .hasMessageContainingAll(Line.class.getName(), "null");
  }

  static Stream<Arguments> braces() {
    return Stream.of(
        arguments("auto", "cart:{user42}:items", "s.cart:{user42}:items"),
        arguments("string", "cart:{user42}:items", "cart:{user42}:items"),
        arguments("auto", "{user42} a", "b.EAEKe3VzZXI0Mn0gYQ" + MARK + "user42"),
        arguments("base64", "{user42}", "b.EAEIe3VzZXI0Mn0" + MARK + "user42"));
  }

  @ParameterizedTest
  @MethodSource("braces")
  void bracesAreMarkedWhereTheyCannotBeSeen(String strategy, String key, String body) {
    KeyCodec codec = codec(strategy, "braces");
    EncodedKey encoded = codec.encode(key);

    assertThat(encoded.wire()).isEqualTo("orders:cart:" + body);
    assertThat(codec.decode(encoded.wire(), encoded.original())).isEqualTo(key);
  }

  @Test
  void longBracesHaveTheSameMarkWhetherReadableOrNot() {
    KeyCodec codec = codec("auto", "braces");
    String user = "u".repeat(40);
    String readable = codec.encode("{" + user + "}a").wire();
    String other = codec.encode("{" + user + "} b").wire();

    assertThat(readable).startsWith("orders:cart:s.{uuu").contains(MARK);
    assertThat(other).endsWith(readable.substring(readable.indexOf(MARK)));
    assertThat(codec.decode(readable, null)).isEqualTo("{" + user + "}a");
  }

  @Test
  void whatDoesNotEndWithItsAffinityIsRefused() {
    KeyCodec codec = codec("auto", "braces");
    String wire = codec.encode(new Line("user42", "3")).wire();

    for (String wrong :
        List.of(
            wire + "x",
            wire.substring(0, wire.indexOf(MARK)),
            "orders:cart:s.a" + MARK + "a",
            "orders:cart:s.{a}" + MARK + "a",
            "orders:cart:b.EAEKe3VzZXI0Mn0gYQ")) {
      assertThatThrownBy(() -> codec.decode(wrong, null))
          .as(wrong)
          .isInstanceOf(CodecException.class)
          .hasMessageContaining("affinity");
    }
  }

  @Test
  void anyTextComesBack() {
    KeyCodec codec = codec("auto", "braces");
    forAll(
        samples -> {
          String key = samples.text() + "{" + samples.text() + "}" + samples.text();
          EncodedKey encoded = codec.encode(key);

          assertThat(encoded.wire()).hasSizeLessThanOrEqualTo(250);
          assertThat(codec.decode(encoded.wire(), encoded.original())).isEqualTo(key);
        });
  }
}
