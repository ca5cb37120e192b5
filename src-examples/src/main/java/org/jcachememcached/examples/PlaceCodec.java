package org.jcachememcached.examples;

import java.nio.ByteBuffer;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.api.ValueCodec;

/** Places as two numbers of 8 bytes each. Thread-safe. */
public final class PlaceCodec implements ValueCodec {

  private static final int TWO_DOUBLES = 128;
  private static final int LENGTH = 2 * Double.BYTES;

  @Override
  public EncodedValue encode(Object value) {
    if (!(value instanceof Place place)) {
      throw new CodecException(value.getClass().getName() + " is no Place", null);
    }
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
    bytes.putDouble(place.latitude()).putDouble(place.longitude());
    return new EncodedValue(TWO_DOUBLES, bytes.array());
  }

  @Override
  public Object decode(int codec, byte[] data, int offset, int length) {
    if (codec != TWO_DOUBLES || length != LENGTH) {
      throw new CodecException(length + " bytes of form " + codec + " are no Place", null);
    }
    ByteBuffer bytes = ByteBuffer.wrap(data, offset, length);
    return new Place(bytes.getDouble(), bytes.getDouble());
  }
}
