package org.jcachememcached.internal.codec.envelope;

import java.util.List;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jspecify.annotations.Nullable;

/** Values in an {@link Envelope}. Thread-safe. */
public final class EnvelopeFormat implements ValueFormat {

  /** No item of ours has them. */
  private static final int NO_FLAGS = 0;

  /** In bytes; longer than 2^64 and the spaces that memcached leaves. */
  private static final int MAX_NUMBER_LENGTH = 40;

  private final ValueCodec codec;

  /**
   * The flags of a number without deadline, write id and key; {@link #NO_FLAGS} if none has any.
   */
  private final int numberFlags;

  private EnvelopeFormat(ValueCodec codec, int numberFlags) {
    this.codec = codec;
    this.numberFlags = numberFlags;
  }

  public EnvelopeFormat(ValueCodec codec) {
    this(codec, NO_FLAGS);
  }

  /**
   * The format of a cache of Longs in which the store counts: what it has created, decimal digits
   * without flags, is read as well.
   *
   * @param codec one that writes decimal digits
   */
  public static EnvelopeFormat ofNumbers(ValueCodec codec) {
    Envelope zero = Envelope.seal(codec.encode(0L), Item.FOREVER, Envelope.NO_WRITE_ID, null);
    return new EnvelopeFormat(codec, zero.flags());
  }

  @Override
  public PackedValue seal(
      Object value, long deadline, long writeId, byte @Nullable [] key, List<TagVersion> tags) {
    return Envelope.seal(codec.encode(value), deadline, writeId, key, tags);
  }

  @Override
  public PackedValue sealNothing(long writeId, byte @Nullable [] key) {
    return Envelope.sealNothing(writeId, key);
  }

  @Override
  public PackedValue sealLease(long end, long writeId, byte @Nullable [] key) {
    return Envelope.sealLease(end, writeId, key);
  }

  @Override
  public PackedValue open(int flags, byte[] data, long keepUntil) {
    boolean isCreatedNumber = isCountable() && flags == Command.Count.FLAGS && isNumber(data);
    return Envelope.open(isCreatedNumber ? numberFlags : flags, data, keepUntil);
  }

  private static boolean isNumber(byte[] data) {
    int digits = 0;
    while (digits < data.length && data[digits] >= '0' && data[digits] <= '9') {
      digits++;
    }
    for (int i = digits; i < data.length; i++) {
      if (data[i] != ' ') {
        return false;
      }
    }
    return digits > 0 && data.length <= MAX_NUMBER_LENGTH;
  }

  @Override
  public boolean isCountable() {
    return numberFlags != NO_FLAGS;
  }

  @Override
  public boolean recognizesCreatedNumbers() {
    return isCountable();
  }

  /** None: something precedes the value, or it may be compressed. */
  @Override
  public byte @Nullable [] appendable(Object part) {
    return null;
  }

  @Override
  public Object value(PackedValue packed) {
    return packed.value(codec);
  }

  @Override
  public boolean hasEnvelope() {
    return true;
  }
}
