package org.jcachememcached.tck;

import java.util.Locale;

/** The engines that the TCK has to pass on. */
enum Engine {
  MEMCACHED,
  MEMORY;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
