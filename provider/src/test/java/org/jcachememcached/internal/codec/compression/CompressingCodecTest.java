package org.jcachememcached.internal.codec.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.testing.Samples.forAll;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.CompressionType;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.codec.Codecs;
import org.jcachememcached.internal.config.source.SettingsReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

class CompressingCodecTest {

  private static final String WORTH_IT = "to be or not to be ".repeat(20);
  private static final int UTF_8 = 2;

  private static final ValueCodec JAVA = Codecs.java();

  private static ValueCodec codec(Object type, int threshold, int maxBytes) {
    return codec(JAVA, type, threshold, maxBytes);
  }

  private static ValueCodec codec(ValueCodec inner, Object type, int threshold, int maxBytes) {
    Properties properties = new Properties();
    properties.setProperty(
        "memcached.compression.type", type.toString().toLowerCase(java.util.Locale.ROOT));
    properties.setProperty("memcached.compression.threshold", String.valueOf(threshold));
    properties.setProperty("memcached.deserialization.max.bytes", String.valueOf(maxBytes));
    return CompressingCodec.of(
        SettingsReader.read(
            URI.create("none:/"),
            properties,
            Map.of(),
            CompressingCodecTest.class.getClassLoader()),
        inner);
  }

  private static Object decode(ValueCodec codec, EncodedValue value) {
    return codec.decode(value.codec(), value.bytes(), 0, value.bytes().length);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void whatIsCompressedIsReadWhateverTheCacheIsSetTo(CompressionType type) {
    EncodedValue encoded = codec(type, 0, 1000).encode(WORTH_IT);

    assertThat(encoded.codec()).isEqualTo(EncodedValue.COMPRESSED | UTF_8);
    assertThat(encoded.bytes())
        .hasSizeLessThan(WORTH_IT.length())
        .startsWith(Algorithm.valueOf(type.name()).id());
    assertThat(ByteBuffer.wrap(encoded.bytes()).getInt(1)).isEqualTo(WORTH_IT.length());
    for (CompressionType other : CompressionType.values()) {
      assertThat(decode(codec(other, 0, 1000), encoded)).isEqualTo(WORTH_IT);
    }
  }

  @Test
  void withoutCompressionNothingIsCompressed() {
    assertThat(codec("none", 0, 1000).encode(WORTH_IT).codec()).isEqualTo(UTF_8);
  }

  @Test
  void theThresholdIsTheFirstSizeThatIsCompressed() {
    int size = WORTH_IT.length();

    assertThat(codec("zlib", size, 1000).encode(WORTH_IT).codec()).isGreaterThan(UTF_8);
    assertThat(codec("zlib", size + 1, 1000).encode(WORTH_IT).codec()).isEqualTo(UTF_8);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void whatWouldNotGetSmallerStaysAsItIs(CompressionType type) {
    EncodedValue encoded = codec(type, 0, 1000).encode("short");

    assertThat(encoded.codec()).isEqualTo(UTF_8);
    assertThat(encoded.bytes()).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void moreThanTheLimitIsRefused(CompressionType type) {
    EncodedValue bomb = codec(type, 0, 1000).encode("0".repeat(1_000_000));

    assertThatThrownBy(() -> decode(codec(type, 0, 999_999), bomb))
        .isInstanceOf(CodecException.class)
        .hasMessageContainingAll("1000000", "999999", "deserialization.max.bytes");
  }

  static Stream<Integer> otherLengths() {
    int size = WORTH_IT.length();
    return Stream.of(0, 1, size - 1, size + 1, 1_000_000_000);
  }

  @ParameterizedTest
  @MethodSource("otherLengths")
  void aStreamOfAnotherLengthThanAnnouncedIsRefused(int announced) {
    for (Algorithm algorithm : Algorithm.values()) {
      EncodedValue encoded = codec(algorithm, 0, Integer.MAX_VALUE).encode(WORTH_IT);
      ByteBuffer.wrap(encoded.bytes()).putInt(1, announced);

      assertThatThrownBy(() -> decode(codec("none", 0, Integer.MAX_VALUE), encoded))
          .isInstanceOf(CodecException.class)
          .hasMessageContainingAll(algorithm.toString(), "than the " + announced + " announced");
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "'', cut short",
        "01000000, cut short",
        "0000000001AB, algorithm 0",
        "FF00000001AB, algorithm 255",
        "01FFFFFFFFAB, 4294967295 bytes",
        "0100000001AB, gzip",
        "0200000001AB, zlib",
        "0300000001AB, zstd",
        "0400000001AB, lz4",
      })
  void whatIsNoCompressedValueIsRefused(String hex, String complaint) {
    byte[] bytes = HexFormat.of().parseHex(hex);

    assertThatThrownBy(() -> decode(codec("none", 0, 1000), new EncodedValue(0x102, bytes)))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void damagedBytesAreRefusedOrMakeNoDifference() {
    forAll(
        2_000,
        samples ->
            isRefusedOrMakesNoDifference(
                samples.of(Algorithm.values()), samples.anyInt(), samples.anyByte()));
  }

  private static void isRefusedOrMakesNoDifference(Algorithm algorithm, int index, byte damage) {
    EncodedValue encoded = codec(algorithm, 0, 1000).encode(WORTH_IT);
    byte[] bytes = encoded.bytes();
    bytes[Math.floorMod(index, bytes.length)] = damage;

    try {
      assertThat(decode(codec("none", 0, 1000), encoded)).isEqualTo(WORTH_IT);
    } catch (CodecException e) {
      assertThat(e).hasMessageMatching("(?s).{10,}");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void whatIsCutShortIsRefused(CompressionType type) {
    EncodedValue encoded = codec(type, 0, 1000).encode(WORTH_IT);

    for (int length = 0; length < encoded.bytes().length; length++) {
      byte[] cut = Arrays.copyOf(encoded.bytes(), length);
      assertThatThrownBy(
              () -> decode(codec("none", 0, 1000), new EncodedValue(encoded.codec(), cut)))
          .isInstanceOf(CodecException.class);
    }
  }

  @Test
  void anyValueComesBack() {
    forAll(
        samples -> {
          int threshold = samples.between(0, 100);
          ValueCodec codec = codec(samples.of(Algorithm.values()), threshold, 1 << 20);
          byte[] value = samples.bytes();

          assertThat(decode(codec, codec.encode(value))).isEqualTo(value);
        });
  }
}
