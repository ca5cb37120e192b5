package org.jcachememcached.codec;

import java.io.IOException;
import java.io.Serializable;

/** Everything else in the canonical form: serialized, as canonically as that can be. Stateless. */
final class SerializedType {

  static final CanonicalType<Serializable> SERIALIZED =
      new CanonicalType<>(0x55, Serializable.class, SerializedType::write, SerializedType::read);

  private SerializedType() {}

  private static void write(Serializable object, CanonicalWriter out) throws IOException {
    out.writeBlock(out.serialization().serializeCanonically(object));
  }

  private static Serializable read(CanonicalReader in) throws IOException {
    byte[] bytes = in.readBlock();
    return (Serializable) in.serialization().deserialize(bytes, 0, bytes.length);
  }
}
