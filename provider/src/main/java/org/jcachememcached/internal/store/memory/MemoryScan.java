package org.jcachememcached.internal.store.memory;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jcachememcached.internal.store.KeyScan;

/**
 * The keys below a prefix, found as the pages are asked for: the map's weakly consistent iterator
 * holds no more than its place. Not thread-safe.
 */
final class MemoryScan implements KeyScan {

  private final MemoryStore store;
  private final Iterator<String> keys;
  private final String prefix;

  MemoryScan(MemoryStore store, Iterator<String> keys, String prefix) {
    this.store = store;
    this.keys = keys;
    this.prefix = prefix;
  }

  @Override
  public List<String> nextPage(int limit) {
    // A closed store is empty, which must not look like the end of the keys.
    store.requireOpen();
    List<String> page = new ArrayList<>();
    while (page.size() < limit && keys.hasNext()) {
      String key = keys.next();
      if (key.startsWith(prefix)) {
        page.add(key);
      }
    }
    return page;
  }

  @Override
  public void close() {}
}
