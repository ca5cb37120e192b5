package org.jcachememcached.internal.codec.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jcachememcached.testing.Samples.forAll;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.codec.Codecs;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.codec.envelope.PackedValue;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.config.source.SettingsReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What items of other clients look like, as those clients were seen to write them. */
class BareFormatTest {

  private static final ValueCodec CODEC = Codecs.java();
  private static final String LONG_TEXT = "abcdefgh".repeat(1000);

  // Writing

  @ParameterizedTest
  @CsvSource({"plain, 0", "python, 16", "php, 0"})
  void writesText(String dialect, int flags) {
    assertWritten(
        string(dialect, String.class).seal("grüße", 0, 1, null, List.of()), flags, "grüße");
  }

  @ParameterizedTest
  @CsvSource({"plain, 0", "python, 2", "php, 1"})
  void writesWholeNumbersAsDigits(String dialect, int flags) {
    PackedValue packed = string(dialect, Long.class).seal(Long.MIN_VALUE, 0, 1, null, List.of());
    assertWritten(packed, flags, "-9223372036854775808");
  }

  @ParameterizedTest
  @CsvSource({"plain, 0", "python, 0", "php, 0"})
  void writesBytes(String dialect, int flags) {
    PackedValue packed =
        format("codec=bytes&format=" + dialect, byte[].class)
            .seal(new byte[] {'a', 0}, 0, 1, null, List.of());
    assertWritten(packed, flags, "a\0");
  }

  @ParameterizedTest
  @CsvSource({"plain, 0", "python, 16", "php, 6"})
  void writesJson(String dialect, int flags) {
    assertWritten(json(dialect).seal(List.of(1), 0, 1, null, List.of()), flags, "[1]");
  }

  @ParameterizedTest
  @CsvSource({"python, 24", "php, 48"})
  void compressesWhatIsLong(String dialect, int flags) {
    BareFormat format =
        format("codec=string&compression.type=zlib&format=" + dialect, String.class);

    PackedValue packed = format.seal(LONG_TEXT, 0, 1, null, List.of());

    assertThat(packed.flags()).isEqualTo(flags);
    assertThat(packed.data()).hasSizeLessThan(100);
    assertThat(read(format, flags, packed.data())).isEqualTo(LONG_TEXT);
  }

  @Test
  void compressesNoNumbersAndNothingThatGrows() {
    String settings = "codec=string&format=python&compression.type=zlib&compression.threshold=0";

    assertWritten(format(settings, Integer.class).seal(1, 0, 1, null, List.of()), 2, "1");
    assertWritten(format(settings, String.class).seal("abc", 0, 1, null, List.of()), 16, "abc");
  }

  @Test
  void hasNoRoomForMoreThanTheValue() {
    BareFormat format = string("plain", String.class);
    PackedValue packed = format.seal("text", 4711, 0x1234, null, List.of());

    assertThat(packed.writeId()).isEqualTo(Envelope.NO_WRITE_ID);
    assertThat(packed.deadline()).isEqualTo(4711);
    assertThat(packed.isExpired(Long.MAX_VALUE)).isFalse();
    assertThat(packed.withDeadline(5).deadline()).isEqualTo(5);
    assertThat(format.sealNothing(1, null)).isNull();
    assertThat(format.hasEnvelope()).isFalse();
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> format.seal("text", 0, 1, new byte[1], List.of()))
        .withMessageContaining("envelope");
  }

  @Test
  void refusesToWriteWhatOnlyJavaReads() {
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> string("plain", Object.class).seal(new int[1], 0, 1, null, List.of()))
        .withMessageContaining("text, whole numbers, bytes and JSON");
  }

  // Reading

  @ParameterizedTest
  @ValueSource(ints = {0, 16})
  void readsText(int flags) {
    assertThat(open(flags, "grüße", String.class)).isEqualTo("grüße");
    assertThat(open(flags, "9 ", String.class)).isEqualTo("9 ");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 1, 2, 4})
  void readsNumbers(int flags) {
    assertThat(open(flags, "-9223372036854775808", Long.class)).isEqualTo(Long.MIN_VALUE);
    assertThat(open(flags, "42", Integer.class)).isEqualTo(42);
    assertThat(open(flags, "9 ", Short.class)).isEqualTo((short) 9);
    assertThat(open(flags, "-128", Byte.class)).isEqualTo((byte) -128);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", "1.5", "+1", " 1", "1e3", "٣", "I01\n.", "\u0080\u0005\u0088.", "i:1;"})
  void readsNothingElseAsNumber(String data) {
    for (int flags : new int[] {0, 16, 1, 2, 4}) {
      assertUnreadable(flags, data, Long.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"128", "9223372036854775808", "1180591620717411303424"})
  void readsNoNumberThatDoesNotFit(String digits) {
    assertUnreadable(2, digits, Byte.class);
  }

  @Test
  void readsNumbersWhereTextIsWanted() {
    assertThat(open(1, "42", String.class)).isEqualTo("42");
    assertThat(open(4, "9 ", String.class)).isEqualTo("9");
    assertThat(open(2, "1.5", String.class)).isEqualTo("1.5");
    assertThat(open(2, "1.0E+25", String.class)).isEqualTo("1.0E+25");
  }

  @ParameterizedTest
  @CsvSource({
    "1, pickled by Python",
    "3, a boolean of PHP",
    "4, serialized by PHP",
    "5, igbinary",
    "6, JSON of PHP",
    "7, msgpack",
    "9, pickled by Python",
    "52, serialized by PHP",
    "54, JSON of PHP",
    "80, fastlz",
    "144, zstd",
    "32, no known client",
    "256, no known client",
    "65552, no known client",
    "1245908994, envelope of this provider"
  })
  void saysWhatItCannotRead(int flags, String meaning) {
    BareFormat format = string("plain", String.class);
    byte[] data = (flags & 16) != 0 && (flags & 32) != 0 ? ofPhp("N;") : Zlib.deflate(new byte[1]);
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> format.open(flags, data, 0))
        .withMessageContaining("The item's flags are " + flags)
        .withMessageContaining(meaning);
  }

  @Test
  void readsJsonOfAllClients() {
    for (int flags : new int[] {0, 16, 6}) {
      assertThat(read(json("plain"), flags, "[1]".getBytes(UTF_8))).isEqualTo(List.of(1));
    }
    assertThat(read(json("plain"), 1, "42".getBytes(UTF_8))).isEqualTo(42);
    assertThat(read(json("plain"), 54, ofPhp("[1]"))).isEqualTo(List.of(1));
  }

  @Test
  void readsBytesOfAllClients() {
    BareFormat format = format("codec=bytes", byte[].class);
    byte[] data = {0, -1, ' '};

    assertThat(read(format, 0, data)).isEqualTo(data);
    assertThat(read(format, 8, Zlib.deflate(data))).isEqualTo(data);
  }

  // Compressed items that are not what they say

  @Test
  void readsNoMoreThanAllowed() {
    BareFormat format = format("codec=string&deserialization.max.bytes=1000", String.class);
    byte[] bomb = Zlib.deflate(new byte[10_000_000]);
    byte[] honest = ofPhp(LONG_TEXT);
    byte[] liar = honest.clone();
    liar[1] = 0;

    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> format.open(24, bomb, 0))
        .withMessageContaining("over 1000 bytes")
        .withMessageContaining("deserialization.max.bytes");
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> format.open(48, honest, 0))
        .withMessageContaining("over 1000 bytes");
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> format.open(48, liar, 0))
        .withMessageContaining("over 1000 bytes");
  }

  @Test
  void readsNothingOfAnotherLengthThanAnnounced() {
    byte[] data = ofPhp("text");
    data[0] = 5;
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> string("php", String.class).open(48, data, 0))
        .withMessage("The item should have 5 bytes when it is decompressed, but has 4");
  }

  @Test
  void readsNothingThatIsCutShortOrFollowedByOthers() {
    BareFormat format = string("php", String.class);
    byte[] php = ofPhp(LONG_TEXT);
    byte[] python = Zlib.deflate(LONG_TEXT.getBytes(UTF_8));
    for (int length = 0; length < php.length; length++) {
      byte[] cut = Arrays.copyOf(php, length);
      assertThatExceptionOfType(CodecException.class).isThrownBy(() -> format.open(48, cut, 0));
    }
    for (int length = 0; length < python.length + 2; length++) {
      byte[] other = Arrays.copyOf(python, length);
      if (length != python.length) {
        assertThatExceptionOfType(CodecException.class).isThrownBy(() -> format.open(24, other, 0));
      }
    }
  }

  @Test
  void neverFailsInAnotherWay() {
    forAll(
        2_000,
        samples -> {
          int flags = samples.anyInt();
          readsOrRefuses(samples.anyBoolean() ? flags & 0xFF : flags, samples.bytes());
        });
  }

  private static void readsOrRefuses(int flags, byte[] data) {
    for (Class<?> type : new Class<?>[] {String.class, Long.class}) {
      try {
        read(string("plain", type), flags, data);
      } catch (CodecException allowed) {
        assertThat(allowed).hasMessageNotContaining("null");
      }
    }
  }

  private static Object read(BareFormat format, int flags, byte[] data) {
    return format.value(format.open(flags, data, 0));
  }

  private static Object open(int flags, String data, Class<?> valueType) {
    return read(string("plain", valueType), flags, data.getBytes(UTF_8));
  }

  private static void assertUnreadable(int flags, String data, Class<?> valueType) {
    assertThatExceptionOfType(CodecException.class).isThrownBy(() -> open(flags, data, valueType));
  }

  private static void assertWritten(PackedValue packed, int flags, String data) {
    assertThat(packed.flags()).isEqualTo(flags);
    assertThat(new String(packed.data(), UTF_8)).isEqualTo(data);
  }

  private static byte[] ofPhp(String text) {
    return Dialect.PHP.compress(text.getBytes(UTF_8));
  }

  private static BareFormat string(String dialect, Class<?> valueType) {
    return format("codec=string&format=" + dialect, valueType);
  }

  private static BareFormat json(String dialect) {
    ValueCodec codec = Codecs.named("json", Object.class);
    return BareFormat.of(settings("codec=json&format=" + dialect), codec, Object.class);
  }

  private static BareFormat format(String query, Class<?> valueType) {
    return BareFormat.of(settings(query), CODEC, valueType);
  }

  private static Settings settings(String query) {
    return SettingsReader.read(
        URI.create("memory:test?" + query),
        new Properties(),
        Map.of(),
        BareFormatTest.class.getClassLoader());
  }
}
