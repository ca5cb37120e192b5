package org.jcachememcached.internal.codec.canonical;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import org.jcachememcached.internal.codec.serialization.ClassSource;
import org.jcachememcached.internal.codec.serialization.DeserializationGuard;
import org.jcachememcached.internal.codec.serialization.SourceObjectInputStream;
import org.jspecify.annotations.Nullable;

/** Reads what {@link PartsObjectOutputStream} wrote. Not thread-safe. */
final class PartsObjectInputStream extends SourceObjectInputStream {

  private final ClassSource classes;
  private final DeserializationGuard guard;

  PartsObjectInputStream(InputStream bytes, ClassSource classes, DeserializationGuard guard)
      throws IOException {
    super(bytes, classes, guard);
    this.classes = classes;
    this.guard = guard;
  }

  @Override
  protected @Nullable Object resolveObject(@Nullable Object object) throws IOException {
    return object instanceof byte[] part ? readPart(part) : super.resolveObject(object);
  }

  private @Nullable Object readPart(byte[] part) throws IOException {
    CanonicalReader in =
        new CanonicalReader(new ByteArrayInputStream(part), classes, guard, guard.depth());
    try {
      Object object = in.readObject();
      in.requireEnd();
      return object;
    } catch (ClassNotFoundException e) {
      throw new StreamCorruptedException(e.getMessage());
    }
  }
}
