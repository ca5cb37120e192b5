package org.jcachememcached.internal.engine;

import java.util.List;
import org.jcachememcached.internal.engine.Group.Result;
import org.jcachememcached.internal.engine.Group.Verdict;
import org.jcachememcached.internal.engine.IndeterminateWrite.Resolution;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Stores a sealed {@link Group} and settles it. If the reply is lost, one more read decides for all
 * members; while that shows an unchanged entry, the same command is sent again, which cannot take
 * effect twice. For one call; not thread-safe.
 */
final class GroupCommit<K, V> {

  /** How long the other members wait for the one that stores, in timeouts of the store. */
  private static final int PATIENCE_TIMEOUTS = 3;

  private static final Verdict STORED = new Verdict(Result.STORED, null);
  private static final Verdict NOT_SENT = new Verdict(Result.REFUSED, null);

  private final EngineParts<K, V> parts;
  private final CommitOrder commits;
  private final StoreSession session;
  private boolean isSent;

  GroupCommit(EngineParts<K, V> parts, CommitOrder commits, StoreSession session) {
    this.parts = parts;
    this.commits = commits;
    this.session = session;
  }

  /**
   * Settles the group that the last holder of a key lock has left, if there is one.
   *
   * @param lock the lock; null if the thread does not hold it, or must not wait
   * @return whether there was one
   */
  boolean settleLeft(RefCountedLocks.@Nullable Handle<Group<K, V>> lock) {
    Group<K, V> left = lock == null ? null : lock.left();
    if (lock == null || left == null) {
      return false;
    }
    lock.leave(null);
    Verdict unused = settle(left);
    return true;
  }

  /**
   * Settles a group, or waits until another thread has, for a bounded time.
   *
   * @return the verdict; null if another thread has not reached it in time
   */
  @Nullable Verdict settle(Group<K, V> group) {
    if (group.seal()) {
      store(group);
    }
    return group.await(PATIENCE_TIMEOUTS * parts.limits().timeout().toNanos());
  }

  private void store(Group<K, V> group) {
    isSent = false;
    try {
      List<String> keys = group.hasEvents() ? List.of(group.key().wire()) : List.of();
      commits.inOrder(
          keys,
          () -> {
            isSent = true;
            group.settle(send(group));
          });
    } catch (RuntimeException | Error e) {
      // It must not leave the others waiting.
      group.settle(isSent ? new Verdict(Result.UNKNOWN, aborted(e)) : NOT_SENT);
      throw e;
    }
  }

  private static StoreException aborted(Throwable cause) {
    return StoreException.outcomeUnknown(
        Reason.TIMEOUT, "the thread that stored the entry has failed: " + cause, cause);
  }

  private Verdict send(Group<K, V> group) {
    Reply reply = send(group.command());
    StoreException failure = reply.failure();
    if (reply.status() == Reply.Status.DONE) {
      return STORED;
    }
    if (failure != null && failure.isOutcomeUnknown()) {
      return resolve(group, failure);
    }
    return new Verdict(failure == null ? Result.LOST : Result.REFUSED, failure);
  }

  /** The verdict after a lost reply. */
  private Verdict resolve(Group<K, V> group, StoreException lost) {
    Resolution seen = lookAt(group);
    int most = parts.limits().maxAttempts();
    for (int attempt = 1; seen == Resolution.NOT_DONE && attempt < most; attempt++) {
      parts.backoff().pause(attempt);
      seen = send(group.command()).status() == Reply.Status.DONE ? Resolution.DONE : lookAt(group);
    }
    return seen == Resolution.DONE ? STORED : new Verdict(Result.UNKNOWN, lost);
  }

  /** Whether a store whose reply was lost has happened. */
  private Resolution lookAt(Group<K, V> group) {
    Reply reply = send(new Command.Get(group.key().wire()));
    return reply.failure() != null
        ? Resolution.UNKNOWN
        : group.resolve(parts.format().snapshot(group.key(), reply.item(), parts.clock().millis()));
  }

  private Reply send(Command command) {
    return session.send(List.of(command)).get(0);
  }
}
