package org.jcachememcached.codec.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jcachememcached.codec.CodecException;
import org.jcachememcached.codec.EncodedValue;
import org.jcachememcached.codec.ValueCodec;

/** Stands for a codec of JSON: its values are texts that are JSON already. Thread-safe. */
public final class WrittenJson implements ValueCodec {

  private static final int JSON = 9;

  @Override
  public EncodedValue encode(Object value) {
    return new EncodedValue(JSON, value.toString().getBytes(UTF_8));
  }

  @Override
  public Object decode(int codec, byte[] data, int offset, int length) {
    if (codec != JSON) {
      throw new CodecException("JSON has the id 9, not " + codec, null);
    }
    return new String(data, offset, length, UTF_8);
  }
}
