package org.jcachememcached.internal.codec.serialization;

import java.io.IOException;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.codec.serialization.ClassFilter.Verdict;

/**
 * Writes only classes that the policy allows to be read: a put that fails is better than a value
 * that cannot be read. Not thread-safe.
 */
final class CheckedObjectOutputStream extends ObjectOutputStream {

  private final ClassFilter classes;

  CheckedObjectOutputStream(OutputStream bytes, ClassFilter classes) throws IOException {
    super(bytes);
    this.classes = classes;
  }

  @Override
  protected void annotateClass(Class<?> type) {
    require(type);
  }

  @Override
  protected void annotateProxyClass(Class<?> type) {
    for (Class<?> each : type.getInterfaces()) {
      require(each);
    }
  }

  private void require(Class<?> type) {
    Verdict verdict = classes.verdictOn(type);
    if (verdict.status() == Status.REJECTED) {
      throw new CodecException(
          "The class " + type.getName() + " would not be read again, because " + verdict.reason(),
          null);
    }
  }
}
