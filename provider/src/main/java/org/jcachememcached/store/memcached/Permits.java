package org.jcachememcached.store.memcached;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much may be under way to one server: a hung one must not fill the memory of its clients.
 * Nobody waits for a permit. Thread-safe.
 */
final class Permits {

  private final int maxRequests;
  private final long maxBytes;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  Permits(int maxRequests, long maxBytes) {
    this.maxRequests = maxRequests;
    this.maxBytes = maxBytes;
  }

  /** Takes a permit for a request of so many bytes, if there is one. */
  boolean acquire(long size) {
    if (requests.incrementAndGet() > maxRequests) {
      requests.decrementAndGet();
      return false;
    }
    if (bytes.addAndGet(size) > maxBytes) {
      release(size);
      return false;
    }
    return true;
  }

  /** Gives a permit back. */
  void release(long size) {
    bytes.addAndGet(-size);
    requests.decrementAndGet();
  }

  int requests() {
    return requests.get();
  }

  /** The bytes of all requests under way. */
  long bytes() {
    return bytes.get();
  }

  /** How much is under way and how much may be, with the settings that say so. */
  @Override
  public String toString() {
    return "%d requests of %d bytes, allowed are %d (setting 'max.requests') and %d (setting 'max.bytes')"
        .formatted(requests(), bytes(), maxRequests, maxBytes);
  }
}
