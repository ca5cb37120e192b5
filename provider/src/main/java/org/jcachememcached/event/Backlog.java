package org.jcachememcached.event;

/** How much is waiting to be told, in events and in bytes. Not thread-safe. */
final class Backlog {

  /** How many events may wait. */
  static final int MAX_EVENTS = 65_536;

  /** How many bytes the values of waiting events may have, as they are stored. */
  static final long MAX_BYTES = 16L << 20;

  private long events;
  private long bytes;

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

  /** Whether at most half as much is waiting as may. */
  boolean hasAmpleRoom() {
    return events <= MAX_EVENTS / 2 && bytes <= MAX_BYTES / 2;
  }
}
