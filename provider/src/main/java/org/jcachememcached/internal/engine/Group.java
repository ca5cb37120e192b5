package org.jcachememcached.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jcachememcached.internal.codec.key.EncodedKey;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Operations of several threads of this JVM on one key that are stored by one command (group
 * commit). Each thread applies its own operation to the state that the one before has left, and
 * joins; the last one stores the state that results, on condition that the entry is still the one
 * that the first of them has read. So either all of them have happened, in the order in which they
 * have joined, or none.
 *
 * <p>The thread that seals the group has to settle it; every thread may do that at any time.
 * Thread-safe.
 */
final class Group<K, V> {

  /** More would make the first of them wait too long for the last. */
  private static final int MOST_MEMBERS = 32;

  /** Bounds the memory of a group, which keeps the items of all its members. */
  private static final int MOST_BYTES = 1024 * 1024;

  /** The part of one operation. Members are distinguished by identity. */
  static final class Member {

    private final @Nullable Runnable enlistEvents;

    /**
     * @param enlistEvents enlists the events of the operation; null if it has none
     */
    Member(@Nullable Runnable enlistEvents) {
      this.enlistEvents = enlistEvents;
    }
  }

  /** What has become of the command. */
  enum Result {
    /** It was carried out. */
    STORED,
    /** Another client was faster. */
    LOST,
    /** It was refused, or not sent at all. */
    REFUSED,
    /** Its reply was lost, and what is stored does not show it. */
    UNKNOWN
  }

  /**
   * What has become of the group.
   *
   * @param cause why it was refused or is unknown; null if it was not sent
   */
  record Verdict(Result result, @Nullable StoreException cause) {}

  private final EncodedKey key;
  private final EntryFormat<K, V> format;
  private final long cas;
  private final List<Member> members = new ArrayList<>();
  private final CountDownLatch settled = new CountDownLatch(1);
  private @Nullable Command command;
  private @Nullable Item item;
  private long writeId;
  private long bytes;
  private boolean sealed;
  private @Nullable Verdict verdict;

  /**
   * @param cas the CAS value of the entry that the first operation has read
   */
  Group(EncodedKey key, EntryFormat<K, V> format, long cas) {
    this.key = key;
    this.format = format;
    this.cas = cas;
  }

  EncodedKey key() {
    return key;
  }

  /** The entry as it will be, decoded anew for each caller. */
  synchronized Snapshot<V> snapshot(long now) {
    return item == null
        ? Snapshot.absent(format, key.wire(), cas)
        : format.unstored(key, item, cas, now);
  }

  /**
   * Adds an operation that was applied to the latest state.
   *
   * @return false if the group is sealed
   */
  synchronized boolean join(Member member, PendingOperation<K, V, ?> applied) {
    if (sealed) {
      return false;
    }
    members.add(member);
    Command change = applied.command();
    if (change != null) {
      command = change;
      item = change.item();
      writeId = applied.writeId();
      bytes += applied.itemBytes();
    }
    return true;
  }

  /** Whether more operations may join. */
  synchronized boolean hasRoom() {
    return !sealed && members.size() < MOST_MEMBERS && bytes < MOST_BYTES;
  }

  /**
   * Closes the group to further operations.
   *
   * @return whether it was open until now: if so, the caller has to settle it
   */
  synchronized boolean seal() {
    boolean wasOpen = !sealed;
    sealed = true;
    return wasOpen;
  }

  /** The command that stores the sealed group. */
  synchronized Command command() {
    return Objects.requireNonNull(command, "A group begins with a change");
  }

  /** Whether the store took place, or may take place yet, as an entry that was read since shows. */
  synchronized IndeterminateWrite.Resolution resolve(Snapshot<V> entry) {
    return IndeterminateWrite.resolve(cas, writeId, entry);
  }

  synchronized boolean hasEvents() {
    return members.stream().anyMatch(member -> member.enlistEvents != null);
  }

  /**
   * Publishes the verdict, and enlists the events of all members if they have happened; does
   * nothing if there is a verdict.
   */
  synchronized void settle(Verdict reached) {
    if (verdict != null) {
      return;
    }
    try {
      if (reached.result() == Result.STORED) {
        for (Member member : members) {
          if (member.enlistEvents != null) {
            member.enlistEvents.run();
          }
        }
      }
    } finally {
      verdict = reached;
      settled.countDown();
    }
  }

  /** Waits for the verdict, at most that long; null if there is none yet. */
  @Nullable Verdict await(long nanos) {
    long end = System.nanoTime() + nanos;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          boolean inTime = settled.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
          return inTime ? verdict() : null;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized @Nullable Verdict verdict() {
    return verdict;
  }

  /**
   * The verdict for a member that waits no longer: unknown if there is none yet.
   *
   * @param cause why it is unknown
   */
  synchronized Verdict leave(Member member, StoreException cause) {
    if (verdict != null) {
      return verdict;
    }
    members.remove(member);
    return new Verdict(Result.UNKNOWN, cause);
  }
}
