package org.jcachememcached.internal.codec.serialization;

import java.io.ObjectInputFilter;

/**
 * A class for a filter to check outside of a stream. Immutable.
 *
 * @param serialClass the class
 */
record ClassInfo(Class<?> serialClass) implements ObjectInputFilter.FilterInfo {

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
