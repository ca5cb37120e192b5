package org.jcachememcached.internal.store.memcached.protocol;

import org.jcachememcached.internal.store.Item;

/**
 * The {@code exptime} of an item: up to two seconds later than asked for and never earlier, because
 * it may be the backstop for an exact deadline in the envelope. Stateless.
 */
final class Exptime {

  /** The exptime of an item that does not expire. */
  static final long NEVER = 0;

  private static final long MILLIS_PER_SECOND = 1000;

  /** Larger numbers are dates for memcached, in seconds since the epoch. */
  private static final long MAX_RELATIVE_SECONDS = 60 * 60 * 24 * 30;

  /** Later dates overflow in memcached: it removes such items at once. */
  private static final long MAX_DATE_SECONDS = Integer.MAX_VALUE;

  private Exptime() {}

  /**
   * The exptime of an item to be kept until then.
   *
   * @param keepUntil milliseconds since the epoch, or {@link Item#FOREVER}
   * @param now milliseconds since the epoch
   */
  static long of(long keepUntil, long now) {
    if (keepUntil == Item.FOREVER) {
      return NEVER;
    }
    if (keepUntil <= now) {
      return 1;
    }
    long seconds = roundedUp(keepUntil - now);
    return seconds <= MAX_RELATIVE_SECONDS ? seconds : date(keepUntil);
  }

  /**
   * When memcached removes an item: the inverse of {@link #of}, as far as a clock that ticks once a
   * second allows. The second that {@link #of} adds is subtracted again, so that an item that is
   * written back as it was read does not live longer each time.
   *
   * @param secondsLeft as memcached has answered, or {@link ReplyReader#NO_END}
   * @param now milliseconds since the epoch
   * @return milliseconds since the epoch, or {@link Item#FOREVER}; not after now in the last second
   */
  static long keepUntil(long secondsLeft, long now) {
    return secondsLeft == ReplyReader.NO_END
        ? Item.FOREVER
        : (now / MILLIS_PER_SECOND + secondsLeft - 1) * MILLIS_PER_SECOND;
  }

  private static long date(long keepUntil) {
    long seconds = roundedUp(keepUntil);
    return seconds <= MAX_DATE_SECONDS ? seconds : NEVER;
  }

  /**
   * In whole seconds, and one more, because memcached's clock ticks once a second: 1 may end almost
   * at once.
   */
  private static long roundedUp(long millis) {
    return (millis - 1) / MILLIS_PER_SECOND + 2;
  }
}
