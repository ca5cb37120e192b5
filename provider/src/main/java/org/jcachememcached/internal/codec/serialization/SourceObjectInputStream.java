package org.jcachememcached.internal.codec.serialization;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import org.jspecify.annotations.Nullable;

/** Reads serialized objects whose classes come from one source, under a guard. Not thread-safe. */
public class SourceObjectInputStream extends ObjectInputStream {

  private final ClassSource classes;
  private final DeserializationGuard guard;

  public SourceObjectInputStream(InputStream bytes, ClassSource classes, DeserializationGuard guard)
      throws IOException {
    super(bytes);
    this.classes = classes;
    this.guard = guard;
    setObjectInputFilter(guard);
    enableResolveObject(true);
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
    return classes.load(description.getName());
  }

  @Override
  protected Class<?> resolveProxyClass(String[] interfaceNames)
      throws IOException, ClassNotFoundException {
    Class<?>[] interfaces = new Class<?>[interfaceNames.length];
    for (int i = 0; i < interfaceNames.length; i++) {
      interfaces[i] = classes.load(interfaceNames[i]);
      // The JDK calls the filter when the proxy class exists, but creating it already runs code.
      guard.require(interfaces[i]);
    }
    return classes.proxyOf(interfaces);
  }

  @Override
  protected @Nullable Object resolveObject(@Nullable Object object) throws IOException {
    if (object != null) {
      guard.requireShortWalk(object);
    }
    return object;
  }
}
