package org.jcachememcached.codec;

import java.io.ObjectInputFilter;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one deserialization within bounds, and remembers what it refused: the JDK's own exception
 * does not tell. Not thread-safe.
 *
 * <p>The bounds: objects nested {@value #MAX_DEPTH} deep, {@value #MAX_REFERENCES} references,
 * arrays of as many elements as there are bytes (each element takes one at least).
 */
final class DeserializationGuard implements ObjectInputFilter {

  static final int MAX_DEPTH = 100;
  static final int MAX_REFERENCES = 1_000_000;

  private final ObjectInputFilter filter;
  private final int bytes;
  private @Nullable String refusal;

  /**
   * @param filter has its say besides the JVM-wide filter
   * @param bytes how many there are to be read
   */
  DeserializationGuard(ObjectInputFilter filter, int bytes) {
    this.filter = ObjectInputFilter.merge(filter, Config.getSerialFilter());
    this.bytes = bytes;
  }

  @Override
  public Status checkInput(FilterInfo info) {
    String excess = excessOf(info);
    if (excess != null) {
      refusal = excess;
      return Status.REJECTED;
    }
    Status status = filter.checkInput(info);
    if (status == Status.REJECTED) {
      Class<?> type = info.serialClass();
      refusal = type == null ? "the size of the object" : "the class " + type.getName();
    }
    return status;
  }

  private @Nullable String excessOf(FilterInfo info) {
    if (info.depth() > MAX_DEPTH) {
      return "objects nested more than " + MAX_DEPTH + " deep";
    }
    if (info.references() > MAX_REFERENCES) {
      return "more than " + MAX_REFERENCES + " references";
    }
    if (info.arrayLength() > bytes) {
      return "an array of " + info.arrayLength() + " elements in " + bytes + " bytes";
    }
    return null;
  }

  /** Decides about a class that is not read from a stream. */
  Status checkClass(Class<?> type) {
    return checkInput(new NamedClass(type));
  }

  /** What was refused, or null if nothing was. */
  @Nullable String refusal() {
    return refusal;
  }

  /** A class alone, as the filters look at it. */
  private record NamedClass(Class<?> serialClass) implements FilterInfo {

    @Override
    public long arrayLength() {
      return -1;
    }

    @Override
    public long depth() {
      return 1;
    }

    @Override
    public long references() {
      return 1;
    }

    @Override
    public long streamBytes() {
      return 0;
    }
  }
}
