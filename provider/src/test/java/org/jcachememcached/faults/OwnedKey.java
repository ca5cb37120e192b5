package org.jcachememcached.faults;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A key that one thread writes and all threads read. Thread-safe.
 *
 * <p>Every put, replace and remove takes the next version. One that has finished makes all versions
 * before its own outdated: a read that begins later must not return them.
 */
final class OwnedKey {

  private final String name;
  private final AtomicLong oldestAllowed = new AtomicLong();
  private final AtomicLong lastVersion = new AtomicLong();

  OwnedKey(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** The version of the next update; only for the thread that owns the key. */
  long nextVersion() {
    return lastVersion.incrementAndGet();
  }

  /** The version of the last update, which may not have finished: what a load finds now. */
  long lastVersion() {
    return lastVersion.get();
  }

  /** The update to this version has finished. */
  void updated(long version) {
    oldestAllowed.set(version);
  }

  /** The oldest version that a read may return if it begins now. */
  long oldestAllowed() {
    return oldestAllowed.get();
  }
}
