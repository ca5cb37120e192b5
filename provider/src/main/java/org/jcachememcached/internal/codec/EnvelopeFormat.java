package org.jcachememcached.internal.codec;

import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.api.ValueCodec;
import org.jspecify.annotations.Nullable;

/** Values in an {@link Envelope}. Thread-safe. */
public final class EnvelopeFormat implements ValueFormat {

  private static final EncodedValue NOTHING = new EncodedValue(0, new byte[0]);

  private final ValueCodec codec;

  public EnvelopeFormat(ValueCodec codec) {
    this.codec = codec;
  }

  @Override
  public PackedValue seal(Object value, long deadline, long writeId, byte @Nullable [] key) {
    return new Sealed(Envelope.seal(codec.encode(value), deadline, writeId, key), codec);
  }

  @Override
  public PackedValue sealNothing(long deadline, long writeId, byte @Nullable [] key) {
    return new Sealed(Envelope.seal(NOTHING, deadline, writeId, key), codec);
  }

  @Override
  public PackedValue open(int flags, byte[] data, long keepUntil) {
    return new Sealed(Envelope.open(flags, data), codec);
  }

  @Override
  public boolean hasEnvelope() {
    return true;
  }

  /** An envelope and the codec of what is in it. */
  private record Sealed(Envelope envelope, ValueCodec codec) implements PackedValue {

    @Override
    public int flags() {
      return envelope.flags();
    }

    @Override
    public byte[] data() {
      return envelope.data();
    }

    @Override
    public long deadline() {
      return envelope.deadline();
    }

    @Override
    public long writeId() {
      return envelope.writeId();
    }

    @Override
    public byte @Nullable [] key() {
      return envelope.key();
    }

    @Override
    public boolean isExpired(long now) {
      return envelope.deadline() <= now;
    }

    @Override
    public PackedValue withDeadline(long newDeadline) {
      return new Sealed(envelope.withDeadline(newDeadline), codec);
    }

    @Override
    public Object value() {
      return envelope.value(codec);
    }
  }
}
