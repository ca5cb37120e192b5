package org.jcachememcached.interoperation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jcachememcached.api.CompressionType;

/** The kinds of values that are exchanged, with some of each; one column of the matrix. */
enum Sample {
  ASCII("string", String.class, "text"),
  UNICODE("string", String.class, "text"),
  NUMBERS("string", Long.class, "int"),
  BYTES("bytes", byte[].class, "bytes"),
  JSON("json", Object.class, "json"),
  COMPRESSED("string", String.class, "compressed");

  private final String codec;
  private final Class<?> type;
  private final String kind;

  Sample(String codec, Class<?> type, String kind) {
    this.codec = codec;
    this.type = type;
    this.kind = kind;
  }

  /**
   * A value on both sides.
   *
   * @param value as Java has it
   * @param data as the server holds it when it is not compressed
   */
  record Example(Object value, byte[] data) {}

  /** The values. */
  Stream<Example> examples() {
    return switch (this) {
      case ASCII -> texts("", "hello", "two\r\nlines", "42");
      case UNICODE -> texts("grüße", "日本語", "\uD83D\uDE00 \uD83D\uDC69\u200D\uD83D\uDCBB");
      case NUMBERS -> Stream.of(0L, 42L, -7L, Long.MAX_VALUE, Long.MIN_VALUE).map(Sample::written);
      case BYTES ->
          Stream.of(new byte[0], new byte[] {0, -1, 13, 10, 'a', ' '})
              .map(bytes -> new Example(bytes, bytes));
      case JSON ->
          Stream.of(
              json(Map.of("a", Arrays.asList("x", true, null, -1.5)), "{'a':['x',true,null,-1.5]}"),
              json(Map.of("a", Map.of("b", Map.of("c", 1))), "{'a':{'b':{'c':1}}}"),
              json(List.of(1, 2), "[1,2]"));
      case COMPRESSED -> texts("abcdefgh".repeat(1000));
    };
  }

  private static Stream<Example> texts(String... texts) {
    return Stream.of(texts).map(Sample::written);
  }

  private static Example written(Object value) {
    return new Example(value, value.toString().getBytes(UTF_8));
  }

  private static Example json(Object value, String text) {
    return new Example(value, text.replace('\'', '"').getBytes(UTF_8));
  }

  /** The value of the setting {@code codec} for a cache of such values. */
  String codec() {
    return codec;
  }

  CompressionType compression() {
    return this == COMPRESSED ? CompressionType.ZLIB : CompressionType.NONE;
  }

  Class<?> type() {
    return type;
  }

  /** What a client is to write. */
  String kindToWrite(Client client) {
    return this == JSON && !client.isPhp() ? "text" : kind;
  }

  /** What a client takes the value for. */
  String kindToRead(Client client) {
    return switch (this) {
      case NUMBERS -> "int";
      case BYTES -> client.isPhp() ? "text" : "bytes";
      case JSON -> client.isPhp() ? "json" : "text";
      case ASCII, UNICODE, COMPRESSED -> "text";
    };
  }
}
