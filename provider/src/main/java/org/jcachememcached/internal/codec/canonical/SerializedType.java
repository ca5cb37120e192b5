package org.jcachememcached.internal.codec.canonical;

import java.io.IOException;
import java.io.Serializable;

/**
 * All other objects in the canonical form: serialized, in parts where that is possible. Stateless.
 */
final class SerializedType {

  static final CanonicalType<Serializable> SERIALIZED =
      new CanonicalType<>(
          0x55,
          Serializable.class,
          (object, out) -> out.graph().serialize(object, out),
          SerializedType::read);

  private SerializedType() {}

  private static Serializable read(CanonicalReader in) throws IOException, ClassNotFoundException {
    return (Serializable) in.readSerialized(in.readBoolean());
  }
}
