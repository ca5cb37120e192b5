package org.jcachememcached.internal.codec.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.testing.Samples.forAll;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.codec.Codecs;
import org.jcachememcached.internal.codec.Keys;
import org.jcachememcached.internal.codec.Policies;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("JavaUtilDate")
class JavaValueCodecTest {

  private final ValueCodec codec = Codecs.java();

  /** The bytes are in the stores of users: none of these lines may ever change. */
  static Stream<Arguments> forms() {
    return Stream.of(
        arguments("aé", 2, "61C3A9"),
        arguments("", 2, ""),
        arguments("\uFFFD", 2, "EFBFBD"),
        arguments("a\uD800", 3, "0061D800"),
        arguments((byte) -42, 5, "2D3432"),
        arguments((short) 42, 6, "3432"),
        arguments(42, 7, "3432"),
        arguments(42L, 8, "3432"),
        arguments(true, 0x11, "01"),
        arguments('a', 0x12, "0061"),
        arguments(1.5f, 0x17, "3FC00000"),
        arguments(1.5, 0x18, "3FF8000000000000"),
        arguments(BigInteger.TEN, 0x19, "010A"),
        arguments(new BigDecimal("1.0"), 0x1A, "00000001010A"),
        arguments(new UUID(1, 2), 0x1B, "00000000000000010000000000000002"),
        arguments(new Date(1), 0x1C, "0000000000000001"),
        arguments(Instant.ofEpochSecond(1, 2), 0x20, "000000000000000100000002"),
        arguments(Duration.ofSeconds(1, 2), 0x21, "000000000000000100000002"),
        arguments(LocalDate.EPOCH, 0x23, "0000000000000000"),
        arguments(LocalDate.EPOCH.atTime(0, 0, 1), 0x25, "0000000000000000000000003B9ACA00"));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void theFormIs(Object value, int id, String hex) {
    EncodedValue encoded = codec.encode(value);

    assertThat(encoded.codec()).isEqualTo(id);
    assertThat(HexFormat.of().withUpperCase().formatHex(encoded.bytes())).isEqualTo(hex);
    assertThat(decode(encoded)).isEqualTo(value).hasSameClassAs(value);
  }

  static Stream<Object> serializedValues() {
    return Stream.of(
        new HashMap<>(Map.of("a", List.of(1, 2))),
        new Keys.Point(1, "y"),
        new Keys.CustomerId("eu", "n", 1L),
        Thread.State.NEW,
        ZoneId.of("Europe/Paris"),
        LocalDateTime.class,
        int.class,
        IntStream.range(0, 10_000).boxed().toList());
  }

  @ParameterizedTest
  @MethodSource("serializedValues")
  void everythingElseIsSerialized(Object value) {
    EncodedValue encoded = codec.encode(value);

    assertThat(encoded.codec()).isEqualTo(1);
    assertThat(decode(encoded)).isEqualTo(value);
  }

  @Test
  void anyStringComesBack() {
    forAll(
        samples -> {
          String text = samples.text();

          assertThat(decode(codec.encode(text))).isEqualTo(text);
        });
  }

  @Test
  void theBytesOfAnArrayAreCopiedBothWays() {
    byte[] value = {1, 2, 3};
    EncodedValue encoded = codec.encode(value);
    value[0] = 9;

    byte[] decoded = (byte[]) decode(encoded);
    decoded[1] = 9;

    assertThat(encoded.codec()).isEqualTo(4);
    assertThat(encoded.bytes()).containsExactly(1, 2, 3);
  }

  @Test
  void onlyTheGivenPartOfTheArrayIsRead() {
    byte[] data = "key:value;".getBytes(StandardCharsets.UTF_8);

    assertThat(codec.decode(2, data, 4, 5)).isEqualTo("value");
    assertThat(codec.decode(4, data, 4, 5)).isEqualTo("value".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aNumberThatMemcachedCountedDownIsRead() {
    assertThat(codec.decode(8, bytes("392020"), 0, 3)).isEqualTo(9L);
  }

  @Test
  void aProxyComesBack() {
    Object proxy =
        Proxy.newProxyInstance(Keys.classLoader(), new Class<?>[] {Named.class}, new NameOf("x"));

    assertThat(((Named) decode(codec.encode(proxy))).name()).isEqualTo("x");
  }

  interface Named {
    String name();
  }

  record NameOf(String name) implements java.lang.reflect.InvocationHandler, Serializable {
    @Override
    public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
      return name;
    }
  }

  @Test
  void aValueThatIsNotSerializableIsNamed() {
    assertThatThrownBy(() -> codec.encode(new Object()))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("java.lang.Object");
    assertThatThrownBy(() -> codec.encode(Map.of("k", Thread.currentThread())))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("java.util.")
        .hasMessageContaining("java.lang.Thread");
  }

  @Test
  void aGraphTooDeepForTheStackIsRefused() {
    assertThatThrownBy(() -> codec.encode(Link.chain(100_000)))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("too deep");
  }

  @Test
  void aGraphDeeperThanTheLimitIsRefused() {
    EncodedValue encoded = codec.encode(Link.chain(501));

    assertThatThrownBy(() -> decode(encoded))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("more than 500 levels of nesting");
  }

  record Link(@Nullable Link next) implements Serializable {
    static Link chain(int length) {
      Link link = new Link(null);
      for (int i = 1; i < length; i++) {
        link = new Link(link);
      }
      return link;
    }
  }

  @Test
  void anUnknownIdIsRefused() {
    for (int id : new int[] {0, 9, 0x0F, 0x10 + 0x20, 0x40, 0x55, 0xFF}) {
      assertThatThrownBy(() -> codec.decode(id, bytes("00"), 0, 1))
          .isInstanceOf(CodecException.class)
          .hasMessageContaining(String.valueOf(id));
    }
  }

  static Stream<Arguments> brokenBytes() {
    return Stream.of(
        arguments(1, "", "cut short"),
        arguments(1, "ACED", "cut short"),
        arguments(1, "ACED0005", "cut short"),
        arguments(1, "ACED000570", "null"),
        arguments(1, "0123456789", "no serialized object"),
        arguments(
            1,
            "ACED0005757200025B42ACF317F8060854E00200007870" + "7FFFFFF7",
            "elements in an array"),
        arguments(2, "C3", "UTF-8"),
        arguments(2, "61EDA080", "UTF-8"),
        arguments(3, "00", "odd"),
        arguments(5, "313238", "number"),
        arguments(7, "32313437343833363438", "number"),
        arguments(8, "", "number"),
        arguments(0x1B, "00", "EOF"),
        arguments(0x1B, "00".repeat(17), "left over"),
        arguments(0x20, "7FFFFFFFFFFFFFFF00000000", "DateTime"),
        arguments(0x19, "7F01", "announced"),
        arguments(0x19, "FFFFFFFF7F01", "announced"));
  }

  @ParameterizedTest
  @MethodSource("brokenBytes")
  void brokenBytesAreRefused(int id, String hex, String reason) {
    assertThatThrownBy(() -> codec.decode(id, bytes(hex), 0, hex.length() / 2))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aSerializedObjectThatIsCutShortIsRefused() {
    byte[] whole = codec.encode(new Keys.CustomerId("eu", "n", 1L)).bytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> codec.decode(1, part, 0, part.length))
          .isInstanceOf(CodecException.class);
    }
  }

  @Test
  void aClassThatIsGoneIsNamed() {
    EncodedValue encoded = codec.encode(new Keys.CustomerId("eu", "n", 1L));
    ValueCodec stranger = new JavaValueCodec(ClassLoader::getPlatformClassLoader, Policies.DEFAULT);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();

    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      assertThatThrownBy(() -> stranger.decode(1, encoded.bytes(), 0, encoded.bytes().length))
          .isInstanceOf(CodecException.class)
          .hasMessageContaining("Keys$CustomerId is unknown");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Object decode(EncodedValue encoded) {
    return codec.decode(encoded.codec(), encoded.bytes(), 0, encoded.bytes().length);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
