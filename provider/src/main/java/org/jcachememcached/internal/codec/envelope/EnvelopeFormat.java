package org.jcachememcached.internal.codec.envelope;

import java.util.List;
import org.jcachememcached.api.ValueCodec;
import org.jspecify.annotations.Nullable;

/** Values in an {@link Envelope}. Thread-safe. */
public final class EnvelopeFormat implements ValueFormat {

  private final ValueCodec codec;

  public EnvelopeFormat(ValueCodec codec) {
    this.codec = codec;
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
  public PackedValue open(int flags, byte[] data, long keepUntil) {
    return Envelope.open(flags, data, keepUntil);
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
