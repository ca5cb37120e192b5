package org.jcachememcached.internal.event;

/**
 * The amount of events waiting for delivery, in number and bytes, and whether it is too large. Not
 * thread-safe.
 */
final class Backlog {

  /** How many events may wait. */
  static final int MAX_EVENTS = 65_536;

  /** The limit of the stored size of the values of waiting events, in bytes. */
  static final long MAX_BYTES = Math.max(16L << 20, Runtime.getRuntime().maxMemory() / 64);

  private long events;
  private long bytes;
  private boolean outage;
  private long dropped;

  void add(long moreEvents, long moreBytes) {
    events += moreEvents;
    bytes += moreBytes;
  }

  void remove(long fewerEvents, long fewerBytes) {
    events -= fewerEvents;
    bytes -= fewerBytes;
  }

  long events() {
    return events;
  }

  /** Whether the backlog has reached its limit, multiplied by a factor. */
  boolean isFull(int times) {
    return events / times >= MAX_EVENTS || bytes / times >= MAX_BYTES;
  }

  /** Starts an outage, which lasts until there is ample room; false if there was one already. */
  boolean beginOutage() {
    boolean begins = !outage;
    outage = true;
    return begins;
  }

  boolean isInOutage() {
    return outage;
  }

  /** Ends an outage if there is ample room, half of the limit; false if nothing ended. */
  boolean endOutage() {
    boolean ends = outage && events <= MAX_EVENTS / 2 && bytes <= MAX_BYTES / 2;
    outage &= !ends;
    return ends;
  }

  /** Counts dropped events. */
  void drop(long lost) {
    dropped += lost;
  }

  /** The number of events dropped since the cache was opened. */
  long dropped() {
    return dropped;
  }
}
