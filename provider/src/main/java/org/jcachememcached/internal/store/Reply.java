package org.jcachememcached.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * What a store answers to one {@link Command}.
 *
 * @param status what happened
 * @param item what was found; present exactly when the status is {@link Status#FOUND}
 * @param failure why there is no answer; present exactly when the status is {@link Status#FAILED}
 */
public record Reply(Status status, @Nullable StoredItem item, @Nullable StoreException failure) {

  /** The answers there are. */
  public enum Status {
    /** A get found the item. */
    FOUND,
    /**
     * A get found an item that the answer to the call has no room for: it is to be asked for again,
     * together with fewer others. See {@link ItemStore#send}.
     */
    DEFERRED,
    /** There is no such item. */
    ABSENT,
    /** The item was stored or removed. */
    DONE,
    /** An add found an item in its place. */
    PRESENT,
    /** A compare-and-set or compare-and-delete found another token: somebody wrote meanwhile. */
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
