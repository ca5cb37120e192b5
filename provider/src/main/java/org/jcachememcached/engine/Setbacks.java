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

/**
 * What becomes of operations of one call that cannot be carried out: the failure policy says
 * whether the caller gets an exception or an answer without the store, and either way no value is
 * left in the store that the operation has outdated. Not thread-safe.
 */
final class Setbacks<K, V, R extends @Nullable Object> {

  private final EngineParts<K, V> parts;
  private final Tally tally;
  private @Nullable RuntimeException failure;

  Setbacks(EngineParts<K, V> parts, Tally tally) {
    this.parts = parts;
    this.tally = tally;
  }

  /** What the call fails with; null when it does not. */
  @Nullable RuntimeException failure() {
    return failure;
  }

  /** Remembers a failure that belongs to the call as a whole. */
  void note(RuntimeException cause) {
    if (failure == null) {
      failure = cause;
    } else if (failure != cause) {
      failure.addSuppressed(cause);
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

  /** The writer failed: nothing is to change, unless it was told of something before. */
  void writerFailed(Attempt<K, V, R> attempt) {
    attempt.fail();
    withdrawWhatWriterKnows(attempt);
  }

  /** The value has no form as bytes; the one before is outdated nevertheless. */
  void cannotBeEncoded(Attempt<K, V, R> attempt, CodecException cause, @Nullable Command removal) {
    fail(attempt, cause);
    remove(attempt, removal);
  }

  /** The store did not do what it was told, or did not say so. */
  void storeFailed(
      Attempt<K, V, R> attempt, StoreException cause, @Nullable Command removalIfTooLarge) {
    if (cause.reason() == Reason.TOO_LARGE) {
      fail(attempt, cause);
      remove(attempt, removalIfTooLarge);
    } else if (cause.reason() == Reason.PROTOCOL) {
      outdate(attempt);
      fail(attempt, cause);
    } else {
      goOnWithoutStore(attempt, attempt.doubts().isEmpty() ? cause : doubted(attempt, cause));
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
                + " attempts (setting 'cas.attempts'): others keep changing the entry '"
                + attempt.key().wire()
                + "'"));
  }

  private void goOnWithoutStore(Attempt<K, V, R> attempt, RuntimeException cause) {
    outdate(attempt);
    try {
      Outcome<K, V, R> answer =
          parts.onFailure() == FailurePolicy.DEGRADE ? attempt.operation().withoutStore() : null;
      if (answer == null) {
        fail(attempt, cause);
      } else {
        parts.degradations().add(cause);
        attempt.decide(answer);
        tally.add(answer.tally());
      }
    } catch (RuntimeException e) {
      e.addSuppressed(cause);
      fail(attempt, e);
    }
  }

  private void fail(Attempt<K, V, R> attempt, RuntimeException cause) {
    attempt.fail();
    note(cause);
    withdrawWhatWriterKnows(attempt);
  }

  private StoreException doubted(Attempt<K, V, R> attempt, StoreException later) {
    StoreException first = attempt.doubts().get(0).cause();
    if (first != later) {
      first.addSuppressed(later);
    }
    return first;
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
    Reply reply = parts.store().send(List.of(command)).join().get(0);
    if (reply.failure() != null) {
      note(reply.failure());
      invalidate(attempt);
    }
  }

  private void invalidate(Attempt<K, V, R> attempt) {
    parts.store().invalidate(parts.format().prefix(), List.of(attempt.key().wire()));
  }
}
