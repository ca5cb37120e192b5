package org.jcachememcached.event;

/** How much is waiting to be told, in events and in bytes. Not thread-safe. */
final class Backlog {

  /** How many events may wait. */
  static final int MAX_EVENTS = 65_536;

  /** How many bytes the values of waiting events may have, as they are stored. */
  static final long MAX_BYTES = 16L << 20;

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

  void clear() {
    events = 0;
    bytes = 0;
  }

  long events() {
    return events;
  }

  /** Whether as much is waiting as may. */
  boolean isFull() {
    return events >= MAX_EVENTS || bytes >= MAX_BYTES;
  }

  /** Whether twice as much is waiting as may. */
  boolean isOverfull() {
    return events / 2 >= MAX_EVENTS || bytes / 2 >= MAX_BYTES;
  }

  /** What finds no room is dropped, and nobody waits for room, until there is ample room again. */
  boolean beginOutage() {
    boolean begins = !outage;
    outage = true;
    return begins;
  }

  boolean isInOutage() {
    return outage;
  }

  /** Events were dropped. */
  void drop(long lost) {
    dropped += lost;
  }

  /** Ends an outage if there is ample room: half of what may wait. */
  boolean endOutage() {
    boolean ends = outage && events <= MAX_EVENTS / 2 && bytes <= MAX_BYTES / 2;
    outage &= !ends;
    return ends;
  }

  /** How many events were dropped, ever. */
  long dropped() {
    return dropped;
  }
}
