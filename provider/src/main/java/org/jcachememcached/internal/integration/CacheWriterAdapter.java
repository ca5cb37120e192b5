package org.jcachememcached.internal.integration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.jcachememcached.internal.jcache.CacheEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the {@link CacheWriter} of an application (JSR-107 section 7.2): wraps its exceptions and
 * determines which keys of a bulk call it has not processed. Thread-safe if the writer is.
 */
public final class CacheWriterAdapter<K, V> {

  private static final Logger LOG = LoggerFactory.getLogger(CacheWriterAdapter.class);

  private final CacheWriter<? super K, ? super V> writer;

  public CacheWriterAdapter(CacheWriter<? super K, ? super V> writer) {
    this.writer = writer;
  }

  /**
   * Calls the writer for one entry.
   *
   * @throws CacheWriterException if the writer fails; the cache must not be changed then
   */
  public void call(WriteThrough<K, V> call) {
    try {
      V value = call.value();
      if (value == null) {
        writer.delete(call.key());
      } else {
        writer.write(new CacheEntry<>(call.key(), value));
      }
    } catch (Exception e) {
      throw wrapped(e);
    }
  }

  /**
   * Calls the writer for many entries, removals first; the order among different keys is
   * unspecified.
   *
   * @return the keys that the writer has not processed
   */
  public Refusal<K> callAll(Collection<WriteThrough<K, V>> calls) {
    Refusal<K> refusal = new Refusal<>();
    deleteAll(calls.stream().filter(WriteThrough::isDelete).toList(), refusal);
    writeAll(calls.stream().filter(call -> !call.isDelete()).toList(), refusal);
    return refusal;
  }

  private void deleteAll(List<WriteThrough<K, V>> calls, Refusal<K> refusal) {
    if (calls.isEmpty()) {
      return;
    }
    // The writer removes from this collection what it has deleted (CacheWriter.deleteAll).
    List<Object> remaining = new ArrayList<>();
    calls.forEach(call -> remaining.add(call.key()));
    try {
      writer.deleteAll(remaining);
    } catch (Exception e) {
      refusal.add(wrapped(e), remaining);
    }
  }

  private void writeAll(List<WriteThrough<K, V>> calls, Refusal<K> refusal) {
    if (calls.isEmpty()) {
      return;
    }
    List<Cache.Entry<? extends K, ? extends V>> entries = new ArrayList<>();
    for (WriteThrough<K, V> call : calls) {
      entries.add(new CacheEntry<>(call.key(), Objects.requireNonNull(call.value())));
    }
    try {
      writeAllOf(writer, entries);
    } catch (Exception e) {
      refusal.add(wrapped(e), entries.stream().map(Cache.Entry::getKey).toList());
    }
  }

  // A writer for a supertype of K and V accepts entries of K and V; the interface cannot say so.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static void writeAllOf(CacheWriter writer, Collection entries) {
    writer.writeAll(entries);
  }

  private static CacheWriterException wrapped(Exception e) {
    return e instanceof CacheWriterException already
        ? already
        : new CacheWriterException("The cache writer failed: " + e, e);
  }

  /** The keys that the writer has not processed, and why. Not thread-safe. */
  public static final class Refusal<K> {

    private final Set<Object> keys = new HashSet<>();
    private @Nullable CacheWriterException cause;

    private void add(CacheWriterException e, Collection<?> remaining) {
      keys.addAll(remaining);
      if (cause == null) {
        cause = e;
      } else {
        LOG.debug("A writer that has failed with '{}' has failed in another way too", cause, e);
      }
    }

    /** Whether the writer has not processed that key. */
    public boolean covers(K key) {
      return keys.contains(key);
    }

    /** The first exception; null if the writer has processed everything. */
    public @Nullable CacheWriterException cause() {
      return cause;
    }
  }
}
