package org.jcachememcached.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * The reply of a store to one {@link Command}. Immutable.
 *
 * @param status the result
 * @param item the item that was found; present exactly if the status is {@link Status#FOUND}
 * @param failure the cause; present exactly if the status is {@link Status#FAILED}
 * @param number an unsigned number of 64 bits: what counting has given if the status is {@link
 *     Status#COUNTED}, the CAS value of the item if it is {@link Status#CLAIMED}; else 0
 */
public record Reply(
    Status status, @Nullable StoredItem item, @Nullable StoreException failure, long number) {

  /** The possible results. */
  public enum Status {
    /** A get found the item. */
    FOUND,
    /**
     * A get found an item for which the replies to the call have no room: repeat it in a smaller
     * call. See {@link ItemStore#send}.
     */
    DEFERRED,
    /** There is no such item. */
    ABSENT,
    /** The item was stored or removed. */
    DONE,
    /** An add found an item. */
    PRESENT,
    /** A compare-and-set, a compare-and-delete or a claim found another CAS value. */
    CHANGED,
    /** A claim has stored its item. */
    CLAIMED,
    /**
     * An append found no item, or one that would have become too large; or the store does not
     * support claims.
     */
    NOT_STORED,
    /** The number was changed, or created. */
    COUNTED,
    /** A count found an item that is no number. */
    NOT_A_NUMBER,
    /** The command failed; other commands of the same batch may have succeeded. */
    FAILED
  }

  public static final Reply DEFERRED = of(Status.DEFERRED);
  public static final Reply ABSENT = of(Status.ABSENT);
  public static final Reply DONE = of(Status.DONE);
  public static final Reply PRESENT = of(Status.PRESENT);
  public static final Reply CHANGED = of(Status.CHANGED);
  public static final Reply NOT_STORED = of(Status.NOT_STORED);
  public static final Reply NOT_A_NUMBER = of(Status.NOT_A_NUMBER);

  private static Reply of(Status status) {
    return new Reply(status, null, null, 0);
  }

  public static Reply found(StoredItem item) {
    return new Reply(Status.FOUND, item, null, 0);
  }

  /** The reply to a count, with an unsigned number. */
  public static Reply counted(long number) {
    return new Reply(Status.COUNTED, null, null, number);
  }

  /**
   * The reply to a claim.
   *
   * @param cas the CAS value of the item that it has stored
   */
  public static Reply claimed(long cas) {
    return new Reply(Status.CLAIMED, null, null, cas);
  }

  public static Reply failed(StoreException failure) {
    return new Reply(Status.FAILED, null, failure, 0);
  }

  /** Whether the command has changed something. */
  public boolean isChange() {
    return status == Status.DONE || status == Status.COUNTED;
  }
}
