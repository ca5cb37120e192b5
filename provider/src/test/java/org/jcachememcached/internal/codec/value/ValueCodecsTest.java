package org.jcachememcached.internal.codec.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.testing.Samples.forAll;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.codec.Keys;
import org.jcachememcached.internal.codec.Policies;
import org.jcachememcached.internal.codec.Text;
import org.jcachememcached.internal.codec.serialization.DeserializationPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueCodecsTest {

  /** A codec as the Javadoc of {@link ValueCodec} has it. */
  public static final class PointCodec implements ValueCodec {

    static final int TWO_INTS = 128;

    @Override
    public EncodedValue encode(Object value) {
      Keys.Point point = (Keys.Point) value;
      if (point.x() < 0) {
        return new EncodedValue(-point.x(), new byte[0]);
      }
      int y = point.y() instanceof Integer number ? number : 0;
      return new EncodedValue(TWO_INTS, ByteBuffer.allocate(8).putInt(point.x()).putInt(y).array());
    }

    @Override
    public Object decode(int codec, byte[] data, int offset, int length) {
      if (codec == 255) {
        return "no point";
      }
      ByteBuffer in = ByteBuffer.wrap(data, offset, length);
      return new Keys.Point(in.getInt(), in.getInt());
    }
  }

  /** Cannot be made. */
  public static final class FailingCodec {
    public FailingCodec() {
      throw new IllegalStateException("no licence");
    }
  }

  private static ValueCodec named(String codec, Class<?> valueType) {
    return ValueCodecs.named(codec, valueType, Keys::classLoader, Policies.DEFAULT);
  }

  private static ValueCodec pointCodec() {
    return named(PointCodec.class.getName(), Keys.Point.class);
  }

  private static Object decode(ValueCodec codec, EncodedValue value) {
    return codec.decode(value.codec(), value.bytes(), 0, value.bytes().length);
  }

  private static void assertRefuses(ValueCodec codec, Object value, String... complaint) {
    assertThatThrownBy(() -> codec.encode(value))
        .isInstanceOf(CodecException.class)
        .hasMessageContainingAll(complaint);
  }

  private static void assertUnreadable(ValueCodec codec, int id, String text, String... complaint) {
    EncodedValue value = new EncodedValue(id, text.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> decode(codec, value))
        .isInstanceOf(CodecException.class)
        .hasMessageContainingAll(complaint);
  }

  /** The bytes are in the stores of users: none of these lines may ever change. */
  static Stream<Arguments> forms() {
    return Stream.of(
        arguments("java", Object.class, "é", 2, "é"),
        arguments("string", String.class, "é", 2, "é"),
        arguments("string", Object.class, "", 2, ""),
        arguments("string", Byte.class, (byte) -1, 5, "-1"),
        arguments("string", Short.class, (short) 42, 6, "42"),
        arguments("string", Integer.class, 42, 7, "42"),
        arguments("string", Long.class, Long.MIN_VALUE, 8, "-9223372036854775808"),
        arguments("bytes", byte[].class, new byte[] {65, 0}, 4, "A\0"),
        arguments("bytes", Object.class, new byte[0], 4, ""),
        arguments("json", String.class, "é\"", 9, "\"é\\\"\""),
        arguments("json", Integer.class, 42, 9, "42"),
        arguments("json", Object.class, List.of(1, "a", true), 9, "[1,\"a\",true]"),
        arguments("json", Keys.Point.class, new Keys.Point(1, null), 9, "{\"x\":1,\"y\":null}"));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void theFormIs(String name, Class<?> type, Object value, int id, String text) {
    ValueCodec codec = named(name, type);
    EncodedValue encoded = codec.encode(value);

    assertThat(encoded.codec()).isEqualTo(id);
    assertThat(new String(encoded.bytes(), StandardCharsets.UTF_8)).isEqualTo(text);
    assertThat(decode(codec, encoded)).isEqualTo(value);
  }

  @Test
  void stringRefusesWhatIsNotOfItsType() {
    assertRefuses(named("string", String.class), 42, "String", "java.lang.Integer");
    assertRefuses(named("string", Long.class), 42, "Long", "java.lang.Integer");
    assertRefuses(named("string", Long.class), "42", "Long", "java.lang.String");
    assertRefuses(named("string", String.class), "a\uD800", "UTF-8", "2 characters", "surrogate");
  }

  @Test
  void stringReadsNoOtherForm() {
    assertUnreadable(named("string", String.class), 7, "42", "String", "form 7");
    assertUnreadable(named("string", Integer.class), 2, "42", "Integer", "form 2");
    assertUnreadable(named("string", Integer.class), 8, "42", "Integer", "form 8");
    assertUnreadable(named("string", Byte.class), 5, "128", "Byte");
    assertUnreadable(named("string", String.class), 2, "\u00ff", "not UTF-8");
  }

  @Test
  void bytesTakesNothingElse() {
    assertRefuses(named("bytes", Object.class), "x", "byte[]", "java.lang.String");
    assertUnreadable(named("bytes", Object.class), 2, "x", "form 2");
  }

  @Test
  void bytesAreCopied() {
    byte[] bytes = {1};
    ValueCodec codec = named("bytes", byte[].class);
    EncodedValue encoded = codec.encode(bytes);

    assertThat(encoded.bytes()).isNotSameAs(bytes);
    assertThat(decode(codec, encoded)).isNotSameAs(encoded.bytes());
  }

  @ParameterizedTest
  @ValueSource(classes = {Double.class, List.class, byte[].class})
  void stringHoldsNoOtherTypes(Class<?> type) {
    assertThatThrownBy(() -> named("string", type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("codec string", type.getName());
  }

  @Test
  void bytesHoldsNoOtherTypes() {
    assertThatThrownBy(() -> named("bytes", String.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("codec bytes", "byte[]", "java.lang.String");
  }

  record Line(String product, int count) {}

  record Order(long id, List<Line> lines) {}

  @Test
  void jsonHoldsWhatAnApplicationIsMadeOf() {
    ValueCodec codec = named("json", Order.class);
    Order order = new Order(1, List.of(new Line("book", 2), new Line("pen", 3)));

    assertThat(decode(codec, codec.encode(order))).isEqualTo(order);
  }

  static Stream<Arguments> wrongJson() {
    return Stream.of(
        arguments("{\"id\":1,\"lines\":[{\"product\":\"a\",\"count\":\"x\"}]}", "lines", "count"),
        arguments("{\"id\":1,\"lines\":[{\"product\":\"a\",\"count\":\"1\"}]}", "lines", "count"),
        arguments("{\"id\":1,\"lines\":[{\"product\":\"a\",\"count\":1.5}]}", "lines", "count"),
        arguments("{\"id\":1,\"lines\":[{\"product\":\"a\",\"colour\":1}]}", "lines", "colour"),
        arguments("{\"id\":1e30,\"lines\":[]}", "id", "long"),
        arguments("{\"id\":null,\"lines\":[]}", "id", "null"),
        arguments("{\"id\":1,\"lines\":[]} {}", "Trailing", "Order"),
        arguments("{\"id\":1,\"lines\":[", "end-of-input", "Order"),
        arguments("null", "null", "JSON"),
        arguments("", "Order", "end-of-input"),
        arguments("[]", "Order", "Array"),
        arguments("\u00ff", "Order", "UTF-8"));
  }

  @ParameterizedTest
  @MethodSource("wrongJson")
  void jsonSaysWhereWhatIsWrong(String json, String where, String what) {
    assertUnreadable(named("json", Order.class), 9, json, where, what);
  }

  @Test
  void jsonIsBoundedInDepthAndLength() {
    ValueCodec codec = named("json", Object.class);
    ValueCodec small =
        new JsonValueCodec(
            Object.class,
            DeserializationPolicy.of(Policies.settings("deserialization.max.bytes", "3")));

    assertUnreadable(codec, 9, "[".repeat(100_000), "nesting depth");
    assertUnreadable(small, 9, "[1,2]", "5 bytes", "deserialization.max.bytes");
    assertUnreadable(codec, 2, "[1,2]", "form 2");
  }

  @Test
  void jsonNamesTheClassOfWhatItCannotWrite() {
    assertRefuses(named("json", Object.class), new Keys.Point(1, new Object()), "Point", "y");
  }

  @Test
  void anyBytesAreReadOrRefused() {
    forAll(samples -> areReadOrRefused(samples.bytes()));
  }

  private static void areReadOrRefused(byte[] bytes) {
    for (ValueCodec codec :
        List.of(named("json", Order.class), named("json", Object.class), pointCodec())) {
      for (int id : new int[] {9, 128, 255}) {
        assertThat(refusalOf(codec, new EncodedValue(id, bytes))).isNotEqualTo("");
      }
    }
  }

  private static @Nullable String refusalOf(ValueCodec codec, EncodedValue value) {
    try {
      decode(codec, value);
      return null;
    } catch (CodecException e) {
      return e.getMessage();
    }
  }

  @Test
  void anyTextComesBackAsJson() {
    forAll(samples -> comesBackAsJson(samples.text()));
  }

  private static void comesBackAsJson(String text) {
    ValueCodec codec = named("json", String.class);
    EncodedValue encoded;
    try {
      encoded = codec.encode(text);
    } catch (CodecException e) {
      assertThat(Text.isWellFormed(text)).isFalse();
      return;
    }
    assertThat(decode(codec, encoded)).isEqualTo(text);
  }

  @Test
  void anOwnCodecIsMadeByItsName() {
    ValueCodec codec = pointCodec();
    Keys.Point point = new Keys.Point(1, 2);

    assertThat(codec.encode(point).codec()).isEqualTo(PointCodec.TWO_INTS);
    assertThat(decode(codec, codec.encode(point))).isEqualTo(point);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 127, 256})
  void anOwnCodecHasIdsOfItsOwn(int id) {
    assertRefuses(pointCodec(), new Keys.Point(-id, 0), PointCodec.class.getName(), "128", "255");
    assertUnreadable(pointCodec(), id, "12345678", PointCodec.class.getName(), "form " + id);
  }

  @Test
  void anOwnCodecsFailuresAreNamed() {
    String codec = PointCodec.class.getName();

    assertRefuses(pointCodec(), "no point", codec, "java.lang.String", "ClassCastException");
    assertUnreadable(pointCodec(), 128, "1234", codec, "4 bytes", "BufferUnderflowException");
    assertUnreadable(pointCodec(), 255, "", codec, "java.lang.String", Keys.Point.class.getName());
  }

  static Stream<Arguments> noCodecs() {
    return Stream.of(
        arguments("com.acme.NoSuchCodec", "cannot be loaded"),
        arguments(FailingCodec.class.getName(), "whose constructor failed"),
        arguments(Runnable.class.getName(), "a public constructor without parameters"),
        arguments(TextValueCodec.class.getName(), "a public constructor without parameters"),
        arguments(Object.class.getName(), "does not implement"));
  }

  @ParameterizedTest
  @MethodSource("noCodecs")
  void whatIsNoCodecIsRefused(String name, String complaint) {
    assertThatThrownBy(() -> named(name, Object.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("The setting codec is " + name, complaint);
  }
}
