package org.jcachememcached.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * The reply of a store to one {@link Command}. Immutable.
 *
 * @param status the result
 * @param item the item that was found; present exactly if the status is {@link Status#FOUND}
 * @param failure the cause; present exactly if the status is {@link Status#FAILED}
 */
public record Reply(Status status, @Nullable StoredItem item, @Nullable StoreException failure) {

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
    /** A compare-and-set or compare-and-delete found another CAS value. */
    CHANGED,
    /** The command failed; other commands of the same batch may have succeeded. */
    FAILED
  }

  public static final Reply DEFERRED = new Reply(Status.DEFERRED, null, null);
  public static final Reply ABSENT = new Reply(Status.ABSENT, null, null);
  public static final Reply DONE = new Reply(Status.DONE, null, null);
  public static final Reply PRESENT = new Reply(Status.PRESENT, null, null);
  public static final Reply CHANGED = new Reply(Status.CHANGED, null, null);

  public static Reply found(StoredItem item) {
    return new Reply(Status.FOUND, item, null);
  }

  public static Reply failed(StoreException failure) {
    return new Reply(Status.FAILED, null, failure);
  }
}
