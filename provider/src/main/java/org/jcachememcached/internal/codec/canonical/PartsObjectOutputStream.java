package org.jcachememcached.internal.codec.canonical;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Serializes one object alone: every object that it refers to is in the stream as a byte array, its
 * canonical form. So neither the history of these objects nor sharing affects the bytes. Strings
 * and enum constants are serialized. Not thread-safe.
 */
final class PartsObjectOutputStream extends RecordingObjectOutputStream {

  private final CanonicalWriter canonical;
  private @Nullable Set<Class<?>> places;

  /**
   * @param canonical encodes the other objects
   */
  PartsObjectOutputStream(OutputStream bytes, CanonicalWriter canonical) throws IOException {
    super(bytes, canonical.graph().classes());
    this.canonical = canonical;
  }

  @Override
  protected Object replaceObject(Object object) throws IOException {
    if (places == null) {
      places = SerialShape.of(object.getClass()).places();
      return object;
    }
    if (object instanceof String || object instanceof Enum) {
      return first(object, object);
    }
    byte[] part = canonical.part(object, places);
    return first(ByteBuffer.wrap(part), part);
  }
}
