package org.jcachememcached.engine;

import java.util.List;
import javax.cache.CacheException;
import org.jcachememcached.codec.CodecException;
import org.jcachememcached.codec.Envelope;
import org.jcachememcached.config.FailurePolicy;
import org.jcachememcached.management.Tally;
import org.jcachememcached.store.Command;
import org.jcachememcached.store.Item;
import org.jcachememcached.store.Reply;
import org.jcachememcached.store.StoreException;
import org.jcachememcached.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of operations of one call that cannot be carried out: the failure policy says
 * whether the caller gets an exception or an answer without the store, and either way no value is
 * left in the store that the operation has outdated. Not thread-safe.
 */
final class Setbacks<K, V, R extends @Nullable Object> {

  private static final Logger LOG = LoggerFactory.getLogger(Setbacks.class);

  private final EngineParts<K, V> parts;
  private final Conversation conversation;
  private final Tally tally;
  private @Nullable RuntimeException failure;

  Setbacks(EngineParts<K, V> parts, Conversation conversation, Tally tally) {
    this.parts = parts;
    this.conversation = conversation;
    this.tally = tally;
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
  void operationFailed(Attempt<K, V, R> attempt, RuntimeException cause) {
    if (cause instanceof CodecException) {
      outdate(attempt);
    }
    fail(attempt, cause);
  }

  /** An operation took an entry that cannot be decoded for absent. */
  void reportPassedOver(Attempt<K, V, R> attempt) {
    CodecException reason = attempt.hasSeen() ? attempt.seen().passedOver() : null;
    if (reason != null) {
      parts.degradations().add(reason);
    }
  }

  /** Nothing is to change, unless the writer was told of something before. */
  void abandon(Attempt<K, V, R> attempt) {
    attempt.fail();
    withdrawWhatWriterKnows(attempt);
  }

  /** An error ended the call before this operation was decided. */
  void brokenOff(Attempt<K, V, R> attempt) {
    outdate(attempt);
    abandon(attempt);
  }

  /** The value has no form as bytes; the one before is outdated nevertheless. */
  void cannotBeEncoded(Attempt<K, V, R> attempt, CodecException cause, @Nullable Command removal) {
    fail(attempt, cause);
    remove(attempt, removal);
  }

  /**
   * Decides whether a call goes on as if the item that the store does not take had been evicted at
   * once.
   *
   * @param failure why the store has not carried out a command; null when it has
   */
  boolean leavesOut(Attempt<K, V, R> attempt, @Nullable StoreException failure) {
    if (failure == null
        || failure.reason() != Reason.TOO_LARGE
        || !attempt.mayBeLeftOut()
        || !(goesOnWithoutStore(attempt) || attempt.isCourtesy())) {
      return false;
    }
    parts.degradations().leaveOut(failure);
    attempt.leaveOut();
    return true;
  }

  /** The store did not do what it was told, or did not say so. */
  void storeFailed(
      Attempt<K, V, R> attempt, StoreException cause, @Nullable Command removalIfTooLarge) {
    if (cause.reason() == Reason.TOO_LARGE) {
      parts.degradations().refuse();
      fail(attempt, cause);
      remove(attempt, removalIfTooLarge);
    } else if (cause.reason() == Reason.PROTOCOL) {
      outdate(attempt);
      fail(attempt, cause);
    } else {
      goOnWithoutStore(
          attempt, attempt.doubts().isEmpty() ? cause : attempt.doubts().get(0).cause());
    }
  }

  /** Somebody wrote after a store whose answer was lost. */
  void outcomeUnknown(Attempt<K, V, R> attempt) {
    goOnWithoutStore(attempt, attempt.doubts().get(0).cause());
  }

  void lostTooOften(Attempt<K, V, R> attempt, int lost) {
    fail(
        attempt,
        new CacheException(
            "Gave up after "
                + lost
                + " attempts (setting 'cas.attempts'): the entry '"
                + attempt.key().wire()
                + "' keeps changing while the call runs"));
  }

  /** What the call runs of the application changes the entry each time, so no attempt can win. */
  void lostToItself(Attempt<K, V, R> attempt) {
    fail(
        attempt,
        new CacheException(
            "The entry processor, loader or writer of a call changes the entry '"
                + attempt.key().wire()
                + "' through a cache, in the midst of the call that is to change the same entry:"
                + " it has to use the entry that it is given, or another key"));
  }

  private void goOnWithoutStore(Attempt<K, V, R> attempt, RuntimeException cause) {
    outdate(attempt);
    try {
      Outcome<K, V, R> answer =
          goesOnWithoutStore(attempt) ? attempt.operation().withoutStore() : null;
      if (answer == null) {
        fail(attempt, cause);
      } else {
        parts.degradations().add(cause);
        attempt.decide(answer);
        tally.add(answer.tally());
      }
    } catch (RuntimeException e) {
      parts.degradations().add(cause);
      fail(attempt, e);
    }
  }

  private boolean goesOnWithoutStore(Attempt<K, V, R> attempt) {
    return parts.onFailure() == FailurePolicy.DEGRADE || attempt.operation().isCourtesy();
  }

  private void fail(Attempt<K, V, R> attempt, RuntimeException cause) {
    note(cause);
    abandon(attempt);
  }

  private void outdate(Attempt<K, V, R> attempt) {
    if (attempt.operation().outdatesEntry()) {
      invalidate(attempt);
    }
  }

  /**
   * The writer knows of an outcome that the cache does not get: better no entry than another one,
   * and a tombstone where there can be one, so that nobody who saw no entry stores an outcome that
   * the writer knew before.
   */
  void withdrawWhatWriterKnows(Attempt<K, V, R> attempt) {
    if (attempt.isWriterTold()) {
      String key = attempt.key().wire();
      Item tombstone =
          parts.format().tombstone(attempt.key(), Envelope.NO_WRITE_ID, parts.clock().millis());
      insist(
          attempt, tombstone == null ? new Command.Delete(key) : new Command.Set(key, tombstone));
    }
  }

  private void remove(Attempt<K, V, R> attempt, @Nullable Command removal) {
    if (removal != null && !attempt.isWriterTold()) {
      insist(attempt, removal);
    }
  }

  /** What cannot be done at once is at least remembered: the entry goes as soon as possible. */
  private void insist(Attempt<K, V, R> attempt, Command command) {
    Reply reply = conversation.send(List.of(command)).get(0);
    if (reply.failure() != null) {
      note(reply.failure());
      invalidate(attempt);
    }
  }

  private void invalidate(Attempt<K, V, R> attempt) {
    conversation.invalidate(parts.format().prefix(), attempt.key().wire());
  }
}
