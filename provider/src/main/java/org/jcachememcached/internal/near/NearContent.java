package org.jcachememcached.internal.near;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jcachememcached.internal.codec.envelope.PackedValue;
import org.jspecify.annotations.Nullable;

/**
 * The entries that one cache keeps, and the keys that it knows to have none. An entry is kept for a
 * time that begins before it was read, so that it is never older than that, and not beyond its
 * deadline.
 *
 * <p>A read that was begun before a change by this JVM may find what was there before. Changes are
 * therefore counted, those of several keys together; what is found is kept only if the count is
 * still the same. Thread-safe.
 */
public final class NearContent<V> {

  /** A power of two; of how many groups of keys changes are counted. */
  private static final int GROUPS = 1024;

  private final long ttlMillis;
  private final boolean keepsMisses;
  private final Cache<String, NearEntry<V>> entries;
  private final AtomicIntegerArray changes = new AtomicIntegerArray(GROUPS);
  private final AtomicInteger clears = new AtomicInteger();

  /**
   * @param ttl how long an entry is kept at most, in whole milliseconds
   * @param maxEntries how many are kept at most, absent ones included
   * @param keepsMisses whether it is kept that there is no entry
   * @param clock determines when they end
   */
  public NearContent(Duration ttl, int maxEntries, boolean keepsMisses, InstantSource clock) {
    this.ttlMillis = ttl.toMillis();
    this.keepsMisses = keepsMisses;
    this.entries =
        Caffeine.newBuilder()
            .maximumSize(maxEntries)
            .ticker(() -> MILLISECONDS.toNanos(clock.millis()))
            // Only frees memory: the exact end is that of each entry.
            .expireAfterWrite(ttl)
            // The common pool would outlive the application's class loader.
            .executor(Runnable::run)
            .build();
  }

  /** What is kept of a key; null if that is nothing. */
  @Nullable NearEntry<V> find(String key, long now) {
    NearEntry<V> entry = entries.getIfPresent(key);
    return entry != null && entry.clears() == clears.get() && entry.isValidAt(now) ? entry : null;
  }

  /** Begins a read, before it is sent. */
  NearRead begin(String key, long now) {
    return new NearRead(key, now, changes.get(group(key)), clears.get());
  }

  /** Keeps the live entry that a read has found, unless it may have been changed since. */
  void keep(NearRead read, PackedValue packed, V value) {
    long end = Math.min(end(read.begun()), packed.deadline());
    NearEntry<V> found =
        new NearEntry<>(
            packed,
            ImmutableValues.contains(value) ? value : null,
            read.begun(),
            end,
            read.clears());
    keep(read, found);
  }

  /** Keeps that a read has found no entry, unless there may be one since. */
  void keepMiss(NearRead read) {
    if (keepsMisses) {
      keep(read, new NearEntry<>(null, null, read.begun(), end(read.begun()), read.clears()));
    }
  }

  private void keep(NearRead read, NearEntry<V> found) {
    entries.asMap().compute(read.key(), (key, kept) -> isUpToDate(read) ? found : kept);
  }

  private long end(long begun) {
    long end = begun + ttlMillis;
    return end < begun ? Long.MAX_VALUE : end;
  }

  private boolean isUpToDate(NearRead read) {
    return changes.get(group(read.key())) == read.changes() && clears.get() == read.clears();
  }

  /** Keeps nothing of a key, nor what reads that have begun until now will find. */
  void forget(String key) {
    changes.incrementAndGet(group(key));
    entries.asMap().remove(key);
  }

  /** Keeps nothing, nor what reads that have begun until now will find. */
  void forgetAll() {
    clears.incrementAndGet();
    entries.invalidateAll();
  }

  /** The number of entries that are kept. */
  long size() {
    entries.cleanUp();
    return entries.estimatedSize();
  }

  private static int group(String key) {
    int hash = key.hashCode();
    return (hash ^ hash >>> 16) & (GROUPS - 1);
  }
}
