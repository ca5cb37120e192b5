package org.jcachememcached.internal.store.generation;

import java.util.List;
import org.jcachememcached.internal.store.KeyScan;

/** The keys of one generation as they are called outside. Not thread-safe. */
final class GenerationalScan implements KeyScan {

  private final KeyScan scan;
  private final KeyMapping mapping;

  GenerationalScan(KeyScan scan, KeyMapping mapping) {
    this.scan = scan;
    this.mapping = mapping;
  }

  @Override
  public List<String> nextPage(int limit) {
    return scan.nextPage(limit).stream().map(mapping::outOf).toList();
  }

  @Override
  public void close() {
    scan.close();
  }
}
