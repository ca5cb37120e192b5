package org.jcachememcached.internal.engine;

import java.util.List;
import javax.cache.CacheException;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.FailurePolicy;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.management.StatisticsDelta;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of operations of one call that cannot be carried out: the failure policy says
 * whether the caller gets an exception or an answer without the store, and either way no value is
 * left in the store that the operation has outdated. Not thread-safe.
 */
final class FailureHandler<K, V, R extends @Nullable Object> {

  private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

  private final EngineParts<K, V> parts;
  private final StoreSession session;
  private final StatisticsDelta delta;
  private @Nullable RuntimeException failure;

  FailureHandler(EngineParts<K, V> parts, StoreSession session, StatisticsDelta delta) {
    this.parts = parts;
    this.session = session;
    this.delta = delta;
  }

  /** What the call fails with; null when it does not. */
  @Nullable RuntimeException failure() {
    return failure;
  }

  /**
   * Remembers a failure that belongs to the call as a whole. The caller gets the first; an
   * exception of the application is never changed, for it may be one that the application throws
   * often.
   */
  void note(RuntimeException cause) {
    if (failure == null) {
      failure = cause;
    } else if (failure instanceof StoreException && failure != cause) {
      failure.addSuppressed(cause);
    } else if (failure != cause) {
      LOG.debug("A call that fails with '{}' has failed in another way too", failure, cause);
    }
  }

  /** Foreign code failed, or an entry that cannot be decoded is an exception in this cache. */
  void operationFailed(PendingOperation<K, V, R> pending, RuntimeException cause) {
    if (cause instanceof CodecException) {
      outdate(pending);
    }
    fail(pending, cause);
  }

  /** An operation took an entry that cannot be decoded for absent. */
  void reportPassedOver(PendingOperation<K, V, R> pending) {
    CodecException reason = pending.hasSeen() ? pending.seen().passedOver() : null;
    if (reason != null) {
      parts.degradations().add(reason);
    }
  }

  /** Nothing is to change, unless the writer was told of something before. */
  void abandon(PendingOperation<K, V, R> pending) {
    pending.fail();
    withdrawWhatWriterKnows(pending);
  }

  /** An error ended the call before this operation was decided. */
  void brokenOff(PendingOperation<K, V, R> pending) {
    outdate(pending);
    abandon(pending);
  }

  /** The value has no form as bytes; the one before is outdated nevertheless. */
  void cannotBeEncoded(
      PendingOperation<K, V, R> pending, CodecException cause, @Nullable Command removal) {
    fail(pending, cause);
    remove(pending, removal);
  }

  /**
   * Decides whether a call goes on as if the item that the store does not take had been evicted at
   * once.
   *
   * @param failure why the store has not carried out a command; null when it has
   */
  boolean leavesOut(PendingOperation<K, V, R> pending, @Nullable StoreException failure) {
    if (failure == null
        || failure.reason() != Reason.TOO_LARGE
        || !pending.mayBeLeftOut()
        || !(goesOnWithoutStore(pending) || pending.isCourtesy())) {
      return false;
    }
    parts.degradations().leaveOut(failure);
    pending.leaveOut();
    return true;
  }

  /** The store did not do what it was told, or did not say so. */
  void storeFailed(
      PendingOperation<K, V, R> pending,
      StoreException cause,
      @Nullable Command removalIfTooLarge) {
    if (cause.reason() == Reason.TOO_LARGE) {
      parts.degradations().refuse();
      fail(pending, cause);
      remove(pending, removalIfTooLarge);
    } else if (cause.reason() == Reason.PROTOCOL) {
      outdate(pending);
      fail(pending, cause);
    } else {
      goOnWithoutStore(
          pending,
          pending.indeterminate().isEmpty() ? cause : pending.indeterminate().get(0).cause());
    }
  }

  /** Somebody wrote after a store whose answer was lost. */
  void outcomeUnknown(PendingOperation<K, V, R> pending) {
    goOnWithoutStore(pending, pending.indeterminate().get(0).cause());
  }

  void lostTooOften(PendingOperation<K, V, R> pending, int lost) {
    fail(
        pending,
        new CacheException(
            "Gave up after "
                + lost
                + " attempts (setting 'cas.attempts'): the entry '"
                + pending.key().wire()
                + "' keeps changing while the call runs"));
  }

  /** What the call runs of the application changes the entry each time, so no attempt can win. */
  void lostToItself(PendingOperation<K, V, R> pending) {
    fail(
        pending,
        new CacheException(
            "The entry processor, loader or writer of a call changes the entry '"
                + pending.key().wire()
                + "' through a cache, in the midst of the call that is to change the same entry:"
                + " it has to use the entry that it is given, or another key"));
  }

  private void goOnWithoutStore(PendingOperation<K, V, R> pending, RuntimeException cause) {
    outdate(pending);
    try {
      Outcome<K, V, R> answer =
          goesOnWithoutStore(pending) ? pending.operation().withoutStore() : null;
      if (answer == null) {
        fail(pending, cause);
      } else {
        parts.degradations().add(cause);
        pending.decide(answer);
        delta.add(answer.delta());
      }
    } catch (RuntimeException e) {
      parts.degradations().add(cause);
      fail(pending, e);
    }
  }

  private boolean goesOnWithoutStore(PendingOperation<K, V, R> pending) {
    return parts.onFailure() == FailurePolicy.DEGRADE || pending.operation().isCourtesy();
  }

  private void fail(PendingOperation<K, V, R> pending, RuntimeException cause) {
    note(cause);
    abandon(pending);
  }

  private void outdate(PendingOperation<K, V, R> pending) {
    if (pending.operation().outdatesEntry()) {
      invalidate(pending);
    }
  }

  /**
   * The writer knows of an outcome that the cache does not get: better no entry than another one,
   * and a tombstone where there can be one, so that nobody who saw no entry stores an outcome that
   * the writer knew before.
   */
  void withdrawWhatWriterKnows(PendingOperation<K, V, R> pending) {
    if (pending.isWriterTold()) {
      String key = pending.key().wire();
      Item tombstone =
          parts.format().tombstone(pending.key(), Envelope.NO_WRITE_ID, parts.clock().millis());
      insist(
          pending, tombstone == null ? new Command.Delete(key) : new Command.Set(key, tombstone));
    }
  }

  private void remove(PendingOperation<K, V, R> pending, @Nullable Command removal) {
    if (removal != null && !pending.isWriterTold()) {
      insist(pending, removal);
    }
  }

  /** What cannot be done at once is at least remembered: the entry goes as soon as possible. */
  private void insist(PendingOperation<K, V, R> pending, Command command) {
    Reply reply = session.send(List.of(command)).get(0);
    if (reply.failure() != null) {
      note(reply.failure());
      invalidate(pending);
    }
  }

  private void invalidate(PendingOperation<K, V, R> pending) {
    session.invalidate(parts.format().prefix(), pending.key().wire());
  }
}
