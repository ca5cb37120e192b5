package org.jcachememcached.internal.codec.canonical;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Serializes such that it makes no difference whether equal simple objects are the same object:
 * each is replaced by the first equal one of the stream, so that all but the first become
 * references. Records the classes. Not thread-safe.
 */
class RecordingObjectOutputStream extends ObjectOutputStream {

  private final Map<Object, Object> firsts = new HashMap<>();
  private final KnownClasses classes;

  RecordingObjectOutputStream(OutputStream bytes, KnownClasses classes) throws IOException {
    super(bytes);
    this.classes = classes;
    enableReplaceObject(true);
  }

  @Override
  protected void annotateClass(Class<?> type) {
    classes.add(type);
  }

  @Override
  protected void annotateProxyClass(Class<?> type) {
    classes.addProxy(type);
  }

  @Override
  protected Object replaceObject(Object object) throws IOException {
    return CanonicalTypes.scalar(object.getClass()) == null ? object : first(object, object);
  }

  /** The first object that was passed with that name; this one if it is the first. */
  final Object first(Object name, Object object) {
    Object first = firsts.putIfAbsent(name, object);
    return first == null ? object : first;
  }
}
