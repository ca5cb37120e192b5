package org.jcachememcached.internal.codec;

import static org.jcachememcached.internal.store.Item.FOREVER;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.codec.Keys.Point;
import org.jcachememcached.internal.codec.compression.CompressingCodec;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.codec.envelope.TagVersion;
import org.jcachememcached.internal.codec.key.EncodedKey;
import org.jcachememcached.internal.codec.key.KeyCodec;
import org.jcachememcached.internal.codec.value.ValueCodecs;
import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.Settings;

/** One entry of each kind that a release has stored, and the bytes that it became. */
final class StoredItems {

  /** What an application's own codec looks like. */
  public static final class DoublesCodec implements ValueCodec {
    @Override
    public EncodedValue encode(Object value) {
      return new EncodedValue(
          MIN_OWN_ID, ByteBuffer.allocate(Double.BYTES).putDouble((Double) value).array());
    }

    @Override
    public Object decode(int codec, byte[] data, int offset, int length) {
      return ByteBuffer.wrap(data, offset, length).getDouble();
    }
  }

  /**
   * An entry, and the cache it belongs to.
   *
   * @param name what is special about it; names the stored item
   * @param cache what the cache is set to
   * @param deadline in milliseconds since the epoch, or {@link
   *     org.jcachememcached.internal.store.Item#FOREVER}
   */
  record Sample(
      String name,
      Settings cache,
      Object key,
      Object value,
      long deadline,
      long writeId,
      List<TagVersion> tags) {

    Sample(String name, Settings cache, Object key, Object value, long deadline, long writeId) {
      this(name, cache, key, value, deadline, writeId, List.of());
    }

    KeyCodec keys() {
      Class<?> type = key instanceof Integer ? Integer.class : Object.class;
      return KeyCodec.of(
          Codecs.namespace("orders", "user"), cache, type, Keys::classLoader, Policies.DEFAULT);
    }

    ValueCodec values() {
      String codec = cache.get(CacheSettings.CODEC);
      return CompressingCodec.of(
          cache, ValueCodecs.named(codec, value.getClass(), Keys::classLoader, Policies.DEFAULT));
    }

    /** Compressors may write other bytes in their next release, and may be read all the same. */
    boolean isAlwaysWrittenAlike() {
      return !name.startsWith("compressed");
    }

    Item written() {
      EncodedKey encoded = keys().encode(key);
      Envelope envelope =
          Envelope.seal(values().encode(value), deadline, writeId, encoded.original(), tags);
      return new Item(name, encoded.wire(), envelope.flags(), envelope.data());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** What is in the store for it. */
  record Item(String name, String wire, int flags, byte[] data) {

    static Item parse(String line) {
      String[] parts = line.split("\\|", -1);
      return new Item(
          parts[0],
          parts[1],
          HexFormat.fromHexDigits(parts[2]),
          HexFormat.of().withUpperCase().parseHex(parts[3]));
    }

    @Override
    public String toString() {
      HexFormat hex = HexFormat.of().withUpperCase();
      return String.join("|", name, wire, hex.toHexDigits(flags), hex.formatHex(data));
    }
  }

  private static final String FILE = "stored-items-1.txt";
  private static final long DEADLINE = 1_800_000_000_123L;
  private static final long WRITE_ID = 0xFEDC_BA98_7654_3210L;
  private static final List<TagVersion> TAGS =
      List.of(new TagVersion("user%207", 0x0123_4567_89AB_CDEFL), new TagVersion("", -1));
  private static final String LONG_TEXT = "to be or not to be ".repeat(20);

  private StoredItems() {}

  /** What the release stored. */
  static List<Item> stored() {
    try (InputStream in = Objects.requireNonNull(StoredItems.class.getResourceAsStream(FILE))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Item::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it made that of. */
  static List<Sample> samples() {
    return Stream.of(javaValues(), otherCodecs(), heads(), keys(), compressed())
        .flatMap(s -> s)
        .toList();
  }

  @SuppressWarnings("JavaUtilDate")
  private static Stream<Sample> javaValues() {
    return Stream.of(
            new Point(1, "y"),
            "Grüße \uD83D\uDE00",
            "a\uD800",
            new byte[] {0, 1, -1},
            (byte) -42,
            (short) -42,
            -42,
            Long.MIN_VALUE,
            true,
            'é',
            1.5f,
            -0.1,
            BigInteger.TEN.pow(30),
            new BigDecimal("-1.50"),
            new UUID(1, 2),
            new Date(1),
            Instant.ofEpochSecond(1, 2),
            Duration.ofSeconds(-1, 2),
            Period.of(1, -2, 3),
            LocalDate.of(2026, 11, 21),
            LocalTime.of(1, 2, 3, 4),
            LocalDate.of(2026, 11, 21).atTime(1, 2, 3, 4),
            OffsetTime.of(1, 2, 3, 4, ZoneOffset.ofHours(5)),
            OffsetDateTime.of(2026, 11, 21, 1, 2, 3, 4, ZoneOffset.ofHours(5)),
            OffsetDateTime.of(2026, 11, 21, 1, 2, 3, 4, ZoneOffset.UTC)
                .atZoneSameInstant(ZoneId.of("Europe/Paris")),
            Year.of(2026),
            YearMonth.of(2026, 11),
            MonthDay.of(11, 21),
            ZoneOffset.ofHours(-5))
        .map(
            value ->
                eternal("java " + value.getClass().getSimpleName() + marked(value), "k", value));
  }

  private static String marked(Object value) {
    return value instanceof String text && !Text.isWellFormed(text) ? " that is not UTF-8" : "";
  }

  private static Stream<Sample> otherCodecs() {
    return Stream.of(
        eternal("string String", "k", "Grüße", "codec", "string"),
        eternal("string Byte", "k", (byte) 42, "codec", "string"),
        eternal("string Short", "k", (short) 42, "codec", "string"),
        eternal("string Integer", "k", 42, "codec", "string"),
        eternal("string Long", "k", 42L, "codec", "string"),
        eternal("bytes", "k", new byte[] {0, 1, -1}, "codec", "bytes"),
        eternal("json", "k", new Point(1, "é"), "codec", "json"),
        eternal("own codec", "k", 1.5, "codec", DoublesCodec.class.getName()));
  }

  private static Stream<Sample> heads() {
    Settings defaults = Policies.settings();
    String longKey = "x".repeat(300);
    return Stream.of(
        new Sample("deadline", defaults, "k", "v", DEADLINE, Envelope.NO_WRITE_ID),
        new Sample("write id", defaults, "k", "v", FOREVER, WRITE_ID),
        new Sample("key", defaults, longKey, "v", FOREVER, Envelope.NO_WRITE_ID),
        new Sample("deadline, write id, key", defaults, longKey, "v", DEADLINE, WRITE_ID),
        new Sample("tags", defaults, "k", "v", FOREVER, Envelope.NO_WRITE_ID, TAGS),
        new Sample("all parts", defaults, longKey, "v", DEADLINE, WRITE_ID, TAGS));
  }

  private static Stream<Sample> keys() {
    return Stream.of(
        eternal("auto Integer", 42, "v"),
        eternal("auto List", List.of(1, "a"), "v"),
        eternal("string key String", "a:b", "v", "key.strategy", "string"),
        eternal("string key Integer", 42, "v", "key.strategy", "string"),
        eternal("base64 key", "k", "v", "key.strategy", "base64"),
        eternal("base64 key that is long", "x".repeat(300), "v", "key.strategy", "base64"),
        eternal("hash key SHA-256", "k", "v", "key.strategy", "hash"),
        eternal("hash key MD5", "k", "v", "key.strategy", "hash", "key.digest", "MD5"));
  }

  private static Stream<Sample> compressed() {
    return Stream.of("gzip", "zlib", "zstd", "lz4")
        .map(
            type ->
                new Sample(
                    "compressed with " + type,
                    Policies.settings("compression.type", type, "compression.threshold", "0"),
                    "k",
                    LONG_TEXT,
                    DEADLINE,
                    Envelope.NO_WRITE_ID));
  }

  private static Sample eternal(String name, Object key, Object value, String... settings) {
    return new Sample(name, Policies.settings(settings), key, value, FOREVER, Envelope.NO_WRITE_ID);
  }
}
