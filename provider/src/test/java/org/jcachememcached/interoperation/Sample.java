package org.jcachememcached.interoperation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

  /** The values. */
  Stream<Object> examples() {
    return switch (this) {
      case ASCII -> Stream.of("", "hello", "two\r\nlines", "42");
      case UNICODE -> Stream.of("grüße", "日本語", "\uD83D\uDE00 \uD83D\uDC69\u200D\uD83D\uDCBB");
      case NUMBERS -> Stream.of(0L, 42L, -7L, Long.MAX_VALUE, Long.MIN_VALUE);
      case BYTES -> Stream.of(new byte[0], new byte[] {0, -1, 13, 10, 'a', ' '});
      case JSON -> Stream.of("{\"a\":1,\"b\":[\"x\",true,null]}", "[1,2]");
      case COMPRESSED -> Stream.of("abcdefgh".repeat(1000));
    };
  }

  /** The settings of the cache that holds such values. */
  String settings(Client client) {
    String compression = this == COMPRESSED ? "&compression.type=zlib" : "";
    return "codec=" + codec + "&format=" + client.format() + compression;
  }

  Class<?> type() {
    return type;
  }

  /** What a client is told to write. */
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

  static byte[] bytes(Object value) {
    return value instanceof byte[] bytes ? bytes : value.toString().getBytes(UTF_8);
  }

  static boolean same(Object one, @Nullable Object other) {
    return other != null
        && one.getClass() == other.getClass()
        && Arrays.equals(bytes(one), bytes(other));
  }
}
