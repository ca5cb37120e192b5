package org.jcachememcached.internal.codec.interop;

import java.util.List;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.CompressionType;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.api.ItemFormat;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.codec.envelope.PackedValue;
import org.jcachememcached.internal.codec.envelope.TagVersion;
import org.jcachememcached.internal.codec.envelope.ValueFormat;
import org.jcachememcached.internal.codec.value.PayloadType;
import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.config.type.BuiltInCodec;
import org.jcachememcached.internal.store.Command;
import org.jspecify.annotations.Nullable;

/**
 * Values without envelope, as clients in other languages write and read them. An entry ends when
 * the store drops its item; neither a deadline nor a write id nor a key nor tags are stored.
 * Thread-safe.
 */
public final class BareFormat implements ValueFormat {

  private final ValueCodec codec;
  private final PayloadType payloadType;
  private final boolean countable;
  private final Dialect dialect;
  private final long compressionThreshold;
  private final ForeignReader reader;

  private BareFormat(
      ValueCodec codec,
      PayloadType payloadType,
      boolean countable,
      Dialect dialect,
      long compressionThreshold,
      ForeignReader reader) {
    this.codec = codec;
    this.payloadType = payloadType;
    this.countable = countable;
    this.dialect = dialect;
    this.compressionThreshold = compressionThreshold;
    this.reader = reader;
  }

  /**
   * The format of a cache.
   *
   * @param settings of the cache; {@link FormatChoice} must have found them consistent
   * @param codec the one that the settings name
   * @param valueType the type of the cache's values, {@code Object} if it is not declared
   * @throws IllegalArgumentException if the settings require an envelope
   */
  public static BareFormat of(Settings settings, ValueCodec codec, Class<?> valueType) {
    PayloadType payloadType = payloadType(settings.get(CacheSettings.CODEC), valueType);
    boolean compressing = settings.get(CacheSettings.COMPRESSION_TYPE) == CompressionType.ZLIB;
    return new BareFormat(
        codec,
        payloadType,
        valueType == Long.class,
        dialect(FormatChoice.of(settings)),
        compressing ? settings.get(CacheSettings.COMPRESSION_THRESHOLD) : Long.MAX_VALUE,
        new ForeignReader(payloadType, settings.get(CacheSettings.DESERIALIZATION_MAX_BYTES)));
  }

  private static PayloadType payloadType(String codec, Class<?> valueType) {
    BuiltInCodec builtIn = BuiltInCodec.named(codec);
    if (builtIn == BuiltInCodec.STRING) {
      return PayloadType.ofText(valueType);
    }
    if (builtIn == BuiltInCodec.BYTES) {
      return PayloadType.BYTES;
    }
    if (builtIn == BuiltInCodec.JSON) {
      return PayloadType.JSON;
    }
    throw new IllegalArgumentException(
        "Other clients cannot read what the codec " + codec + " writes");
  }

  private static Dialect dialect(ItemFormat format) {
    return switch (format) {
      case PLAIN -> Dialect.PLAIN;
      case PYTHON -> Dialect.PYTHON;
      case PHP -> Dialect.PHP;
      case AUTO, ENVELOPE ->
          throw new IllegalArgumentException("The format " + format + " has an envelope");
    };
  }

  @Override
  public PackedValue seal(
      Object value, long deadline, long writeId, byte @Nullable [] key, List<TagVersion> tags) {
    if (key != null || !tags.isEmpty()) {
      throw new CodecException("A hashed key and tags need an envelope to travel in", null);
    }
    EncodedValue encoded = codec.encode(value);
    byte[] payload = encoded.bytes();
    PayloadType written = readByOthers(encoded);
    int flags = dialect.flags(written);
    // The server must be able to increment and decrement a number.
    if (payload.length >= compressionThreshold && !written.isNumber()) {
      byte[] compressed = dialect.compress(payload);
      if (compressed.length < payload.length) {
        int marked = dialect.compressedFlags(flags);
        return new BareValue(marked, compressed, deadline, payload, payloadType);
      }
    }
    return new BareValue(flags, payload, deadline, payload, payloadType);
  }

  private static PayloadType readByOthers(EncodedValue value) {
    PayloadType type = PayloadType.withId(value.codec());
    if (type == null || type == PayloadType.SERIALIZED || type == PayloadType.UTF_16_TEXT) {
      throw new CodecException(
          "Other clients cannot read a value in the form %d; they read text, whole numbers, bytes and JSON"
              .formatted(value.codec()),
          null);
    }
    return type;
  }

  /** Null: whatever is stored, other clients read as a value. */
  @Override
  public @Nullable PackedValue sealNothing(long writeId, byte @Nullable [] key) {
    return null;
  }

  @Override
  public PackedValue open(int flags, byte[] data, long keepUntil) {
    return new BareValue(flags, data, keepUntil, reader.read(flags, data), payloadType);
  }

  @Override
  public Object value(PackedValue packed) {
    return packed.value(codec);
  }

  @Override
  public boolean isCountable() {
    return countable;
  }

  /** Only where a number has no flags anyway: other clients know one by its flags. */
  @Override
  public boolean recognizesCreatedNumbers() {
    return countable && dialect.flags(payloadType) == Command.Count.FLAGS;
  }

  @Override
  public byte @Nullable [] appendable(Object part) {
    boolean isPlain = payloadType == PayloadType.TEXT || payloadType == PayloadType.BYTES;
    return isPlain && compressionThreshold == Long.MAX_VALUE ? codec.encode(part).bytes() : null;
  }

  @Override
  public boolean hasEnvelope() {
    return false;
  }

  /**
   * An item as any client stores it.
   *
   * @param payload what the codec understands: the data, decompressed and without padding
   */
  private record BareValue(
      int flags, byte[] data, long deadline, byte[] payload, PayloadType payloadType)
      implements PackedValue {

    @Override
    public long writeId() {
      return Envelope.NO_WRITE_ID;
    }

    @Override
    public byte @Nullable [] key() {
      return null;
    }

    @Override
    public List<TagVersion> tags() {
      return List.of();
    }

    @Override
    public boolean endsAtStore() {
      return true;
    }

    /** Never: an item that is expired is not in the store any more. */
    @Override
    public boolean isExpired(long now) {
      return false;
    }

    @Override
    public PackedValue withDeadline(long newDeadline) {
      return new BareValue(flags, data, newDeadline, payload, payloadType);
    }

    @Override
    public Object value(ValueCodec codec) {
      return codec.decode(payloadType.id(), payload, 0, payload.length);
    }
  }
}
