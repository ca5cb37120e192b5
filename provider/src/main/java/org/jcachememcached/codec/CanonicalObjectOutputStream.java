package org.jcachememcached.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Serializes so that it does not matter whether equal simple objects are the same object: each is
 * replaced by the first equal one of the stream, so that all but the first become references. Not
 * thread-safe.
 */
final class CanonicalObjectOutputStream extends CheckedObjectOutputStream {

  private final Map<Object, Object> firsts = new HashMap<>();

  CanonicalObjectOutputStream(OutputStream bytes, ClassFilter classes) throws IOException {
    super(bytes, classes);
    enableReplaceObject(true);
  }

  @Override
  protected Object replaceObject(Object object) {
    if (CanonicalTypes.scalar(object.getClass()) == null) {
      return object;
    }
    Object first = firsts.putIfAbsent(object, object);
    return first == null ? object : first;
  }
}
