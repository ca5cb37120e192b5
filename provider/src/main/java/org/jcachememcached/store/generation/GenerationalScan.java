package org.jcachememcached.store.generation;

import java.util.List;
import org.jcachememcached.store.KeyScan;

/** The keys of one generation as they are called outside. Not thread-safe. */
final class GenerationalScan implements KeyScan {

  private final KeyScan scan;
  private final Relocation relocation;

  GenerationalScan(KeyScan scan, Relocation relocation) {
    this.scan = scan;
    this.relocation = relocation;
  }

  @Override
  public List<String> nextPage(int limit) {
    return scan.nextPage(limit).stream().map(relocation::outOf).toList();
  }

  @Override
  public void close() {
    scan.close();
  }
}
