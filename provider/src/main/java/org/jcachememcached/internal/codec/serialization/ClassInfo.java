package org.jcachememcached.internal.codec.serialization;

import java.io.ObjectInputFilter;

/**
 * A class alone, as filters look at it: nothing is known of a stream. Immutable.
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
