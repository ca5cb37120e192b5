package org.jcachememcached.internal.event;

/**
 * How much is waiting to be told, in events and in bytes, and whether it has become too much. Not
 * thread-safe.
 */
final class Backlog {

  /** How many events may wait. */
  static final int MAX_EVENTS = 65_536;

  /** How many bytes the values of waiting events may have, as they are stored. */
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

  /** Whether so many times as much is waiting as may, or more. */
  boolean isFull(int times) {
    return events / times >= MAX_EVENTS || bytes / times >= MAX_BYTES;
  }

  /** From now on nobody waits for room, until there is ample room again; false if it was so. */
  boolean beginOutage() {
    boolean begins = !outage;
    outage = true;
    return begins;
  }

  boolean isInOutage() {
    return outage;
  }

  /** Ends an outage if there is ample room: half of what may wait. */
  boolean endOutage() {
    boolean ends = outage && events <= MAX_EVENTS / 2 && bytes <= MAX_BYTES / 2;
    outage &= !ends;
    return ends;
  }

  /** Events were dropped. */
  void drop(long lost) {
    dropped += lost;
  }

  /** How many events were dropped, ever. */
  long dropped() {
    return dropped;
  }
}
