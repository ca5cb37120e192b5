package org.jcachememcached.internal.codec.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.codec.Codecs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCodecTest {

  private final KeyCodec codec = Codecs.keys();

  /** The bytes are in the stores of users: none of these lines may ever change. */
  static Stream<Arguments> wireForms() {
    return Stream.of(
        arguments("42", "s.42"),
        arguments("", "s."),
        arguments("a:b%20~", "s.a:b%20~"),
        arguments(42, "i.42"),
        arguments(-42L, "l.-42"),
        arguments((short) 42, "w.42"),
        arguments((byte) -1, "y.-1"),
        arguments(true, "z.true"),
        arguments('a', "c.97"),
        arguments(1.5f, "f.0x1.8p0"),
        arguments(-0.0, "d.-0x0.0p0"),
        arguments(Double.NaN, "d.NaN"),
        arguments(UUID.fromString("0-0-0-0-1"), "u.00000000-0000-0000-0000-000000000001"),
        arguments("a b", "b.EAEDYSBi"),
        arguments(List.of(1, 2), "b.QAIVAAAAARUAAAAC"),
        arguments("x".repeat(237), "h.mHS6afaF8Fk2x9fQD87u3KfCO8lw_VUnIdrSRsfdzsw"));
  }

  @ParameterizedTest
  @MethodSource("wireForms")
  void theWireFormIs(Object key, String body) {
    EncodedKey encoded = codec.encode(key);

    assertThat(encoded.wire()).isEqualTo("orders:user:" + body);
    assertThat(codec.decode(encoded.wire(), encoded.original())).isEqualTo(key);
  }

  @Test
  void aKeyStaysReadableWhileItFits() {
    assertThat(codec.encode("x".repeat(236)).wire()).hasSize(250).contains(":s.xxx");
    assertThat(codec.encode("x".repeat(237)).wire()).contains(":h.");
  }

  @Test
  void onlyAHashedKeyTakesItsOriginalAlong() {
    assertThat(codec.encode("short").original()).isNull();
    assertThat(codec.encode("with blanks").original()).isNull();
    assertThat(codec.encode("x".repeat(10_000)).original()).hasSizeGreaterThan(10_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s",
        "x.1",
        "s.a b",
        "i.042",
        "i.+1",
        "i.x",
        "i.4294967296",
        "z.yes",
        "c.-1",
        "d.1.5",
        "u.0-0-0-0-1",
        "b.EAEDYSBi=",
        "b.EAEDYSBj\n",
        "b.!",
        "b.",
        "b.AA",
        "b._w",
        "b.EAEDYSBiAA",
        "b.EAEDYSA",
        "b.QH8",
        "h.mHS6afaF8Fk2x9fQD87u3KfCO8lw_VUnIdrSRsfdzsw"
      })
  void whatNoKeyLooksLikeIsRefused(String body) {
    assertThatThrownBy(() -> codec.decode("orders:user:" + body, null))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void aKeyOfAnotherNamespaceIsRefused() {
    assertThatThrownBy(() -> codec.decode("orders:users:s.1", null))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("orders:user:");
  }

  @Test
  void anotherKeysOriginalIsRefused() {
    EncodedKey one = codec.encode("x".repeat(300));
    EncodedKey other = codec.encode("y".repeat(300));

    assertThatThrownBy(() -> codec.decode(one.wire(), other.original()))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("another key's original");
  }

  @Test
  void aKeyThatIsNotSerializableIsNamed() {
    assertThatThrownBy(() -> codec.encode(new Object()))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("java.lang.Object");
    assertThatThrownBy(() -> codec.encode(List.of(Map.of("k", Thread.currentThread()))))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("java.lang.Thread");
  }
}
