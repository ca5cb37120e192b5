package org.jcachememcached.internal.engine;

import java.util.ArrayList;
import java.util.List;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.store.KeyScan;

/**
 * The keys of the items of a cache, page by page, as the store's scan lists them: no value is read.
 * Only where the store has a key as its hash, the item is read, which contains the key; such an
 * item is omitted if it is gone or expired, is a lease, or its tags have other versions. Not
 * thread-safe.
 */
public final class KeyListing<K, V> implements AutoCloseable {

  private final EngineParts<K, V> parts;
  private final KeyScan wireKeys;
  private final ItemPages<K, V> hashed;

  KeyListing(EngineParts<K, V> parts) {
    this.parts = parts;
    this.hashed = new ItemPages<>(parts);
    this.wireKeys = parts.store().scan(parts.format().prefix());
  }

  /**
   * The next keys; an empty list at the end. After a page that could not be read, the next call
   * reads it again: no key is skipped.
   */
  public List<ListedKey<K>> nextPage() {
    while (true) {
      if (!hashed.isEmpty()) {
        List<ListedKey<K>> read =
            hashed.next().stream()
                .filter(entry -> !entry.snapshot().isOutdated() && !entry.snapshot().isLease())
                .map(ListedKey::of)
                .toList();
        if (!read.isEmpty()) {
          return read;
        }
        continue;
      }
      List<String> page = wireKeys.nextPage(parts.limits().pageSize().limit());
      List<ListedKey<K>> keys = decode(page);
      if (!keys.isEmpty() || page.isEmpty()) {
        return keys;
      }
    }
  }

  private List<ListedKey<K>> decode(List<String> page) {
    List<ListedKey<K>> keys = new ArrayList<>(page.size());
    List<String> toRead = new ArrayList<>(0);
    for (String wire : page) {
      if (parts.format().isHashed(wire)) {
        toRead.add(wire);
      } else {
        keys.add(decode(wire));
      }
    }
    hashed.read(toRead);
    return keys;
  }

  private ListedKey<K> decode(String wire) {
    try {
      return new ListedKey<>(parts.format().key(wire), null);
    } catch (CodecException e) {
      return new ListedKey<>(null, e);
    }
  }

  @Override
  public void close() {
    wireKeys.close();
  }
}
