package org.jcachememcached.internal.codec.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.testing.Samples.forAll;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.codec.Codecs;
import org.jcachememcached.internal.codec.Keys;
import org.jcachememcached.internal.codec.Policies;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The key strategies that a cache can be set to; {@link KeyCodecTest} is about the default one. */
class KeyEncoderTest {

  private static final Namespace NAMESPACE = Codecs.namespace("orders", "user");

  private static KeyCodec codec(String strategy, Class<?> keyType) {
    return codec(NAMESPACE, strategy, "SHA-256", keyType);
  }

  private static KeyCodec codec(
      Namespace namespace, String strategy, String digest, Class<?> keyType) {
    return KeyCodec.of(
        namespace,
        Policies.settings("key.strategy", strategy, "key.digest", digest),
        keyType,
        Keys::classLoader,
        Policies.DEFAULT);
  }

  static Stream<Arguments> bareTexts() {
    return Stream.of(
        arguments(String.class, "a:b%20~", "a:b%20~"),
        arguments(Object.class, "s.42", "s.42"),
        arguments(Integer.class, -42, "-42"),
        arguments(Long.class, Long.MIN_VALUE, "-9223372036854775808"),
        arguments(Short.class, (short) 7, "7"),
        arguments(Byte.class, (byte) 7, "7"),
        arguments(UUID.class, new UUID(0, 1), "00000000-0000-0000-0000-000000000001"));
  }

  @ParameterizedTest
  @MethodSource("bareTexts")
  void stringWritesTheBareText(Class<?> type, Object key, String text) {
    KeyCodec codec = codec("string", type);

    assertThat(codec.encode(key)).isEqualTo(new EncodedKey("orders:user:" + text, null));
    assertThat(codec.decode("orders:user:" + text, null)).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "é", "a\r\nb", "\u007f", "\0"})
  void stringRefusesWhatTheWireDoesNotTake(String key) {
    assertThatThrownBy(() -> codec("string", String.class).encode(key))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("The key strategy string takes");
  }

  @Test
  void stringTakes250CharactersWithThePrefix() {
    KeyCodec codec = codec("string", String.class);

    assertThat(codec.encode("x".repeat(238)).wire()).hasSize(250);
    assertThatThrownBy(() -> codec.encode("x".repeat(239)))
        .isInstanceOf(CodecException.class)
        .hasMessageContainingAll("251", "250", "orders:user:");
  }

  @ParameterizedTest
  @ValueSource(classes = {Boolean.class, Double.class, Character.class, List.class, Number.class})
  void stringRefusesOtherKeyTypes(Class<?> type) {
    assertThatThrownBy(() -> codec("string", type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("String, Integer, Long, Short, Byte or UUID", type.getName());
  }

  @Test
  void stringRefusesKeysOfAnotherType() {
    assertThatThrownBy(() -> codec("string", Object.class).encode(42))
        .isInstanceOf(CodecException.class)
        .hasMessageContainingAll("String", "java.lang.Integer");
    assertThatThrownBy(() -> codec("string", Integer.class).encode(42L))
        .isInstanceOf(CodecException.class)
        .hasMessageContainingAll("Integer", "java.lang.Long");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "042", "+1", "1 ", "2147483648"})
  void stringRefusesTextOfAnotherType(String text) {
    assertThatThrownBy(() -> codec("string", Integer.class).decode("orders:user:" + text, null))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void base64WritesTheCanonicalFormWhateverTheType() {
    KeyCodec codec = codec("base64", Object.class);

    assertThat(codec.encode("42").wire()).isEqualTo("orders:user:b.EAECNDI");
    assertThat(codec.encode(List.of(1, 2)).wire()).isEqualTo("orders:user:b.QAIVAAAAARUAAAAC");
    assertThat(codec.encode("x".repeat(237)).wire())
        .isEqualTo("orders:user:h.mHS6afaF8Fk2x9fQD87u3KfCO8lw_VUnIdrSRsfdzsw");
  }

  @ParameterizedTest
  @CsvSource({"MD5, 32", "SHA-1, 40", "SHA-256, 64", "SHA-512, 128", "SHA3-256, 64"})
  void hashWritesHexadecimal(String digest, int length) {
    KeyCodec codec = codec(NAMESPACE, "hash", digest, Object.class);
    EncodedKey encoded = codec.encode("42");

    assertThat(encoded.wire()).matches("orders:user:h\\.[0-9a-f]{" + length + "}");
    assertThat(codec.decode(encoded.wire(), encoded.original())).isEqualTo("42");
  }

  @Test
  void hashRefusesADigestThatDoesNotFit() {
    Namespace namespace = Codecs.namespace("a".repeat(80), "c".repeat(40));

    assertThatThrownBy(() -> codec(namespace, "hash", "SHA-512", Object.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("SHA-512", "252", "250");
  }

  @ParameterizedTest
  @CsvSource({"base64, s.42", "base64, ''", "hash, b.EAECNDI", "hash, 42", "hash, h."})
  void whatAnotherStrategyWroteIsRefused(String strategy, String body) {
    assertThatThrownBy(() -> codec(strategy, Object.class).decode("orders:user:" + body, null))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void anotherKeysOriginalIsRefused() {
    KeyCodec codec = codec("hash", Object.class);

    assertThatThrownBy(() -> codec.decode(codec.encode(1).wire(), codec.encode(2).original()))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("another key's original");
  }

  @Test
  void anyKeyComesBack() {
    forAll(samples -> comesBack(samples.any(Keys::any)));
  }

  private static void comesBack(Object key) {
    for (String strategy : List.of("base64", "hash")) {
      KeyCodec codec = codec(strategy, Object.class);
      EncodedKey encoded = codec.encode(key);

      assertThat(encoded.wire()).matches("orders:user:[bh]\\.[\\x21-\\x7e]{1,236}");
      assertThat(codec.decode(encoded.wire(), encoded.original())).isEqualTo(key);
    }
  }

  @Test
  void anyStringIsWrittenAsItIsOrRefused() {
    forAll(samples -> isWrittenAsItIsOrRefused(samples.text()));
  }

  private static void isWrittenAsItIsOrRefused(String key) {
    KeyCodec codec = codec("string", String.class);
    EncodedKey encoded = encodeOrRefuse(codec, key);

    assertThat(encoded != null).isEqualTo(key.matches("[\\x21-\\x7e]{1,238}"));
    if (encoded != null) {
      assertThat(encoded.wire()).isEqualTo("orders:user:" + key);
      assertThat(codec.decode(encoded.wire(), null)).isEqualTo(key);
    }
  }

  private static @Nullable EncodedKey encodeOrRefuse(KeyCodec codec, Object key) {
    try {
      return codec.encode(key);
    } catch (CodecException e) {
      return null;
    }
  }
}
