package org.jcachememcached.internal.codec.canonical;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Serializes one object alone: every other object that it refers to is in the stream as a byte
 * array, which is its canonical form. So neither the history of what is in it counts nor what is
 * shared. Strings and enum constants remain what they are. Not thread-safe.
 */
final class PartsObjectOutputStream extends RecordingObjectOutputStream {

  private final CanonicalWriter canonical;
  private @Nullable Set<Class<?>> places;

  /**
   * @param canonical gives the other objects their forms
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
