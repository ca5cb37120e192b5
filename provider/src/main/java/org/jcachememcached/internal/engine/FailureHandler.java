package org.jcachememcached.internal.engine;

import java.util.Objects;
import javax.cache.CacheException;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.FailurePolicy;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.management.StatisticsDelta;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the operations of one call that fail: the failure policy decides whether the caller gets
 * an exception or a result without the store; in both cases no value that the operation has
 * outdated stays in the store. Not thread-safe.
 */
final class FailureHandler<K, V, R extends @Nullable Object> {

  private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

  private final EngineParts<K, V> parts;
  private final StoreSession session;
  private final RoundTrip round;
  private final StatisticsDelta delta;
  private @Nullable RuntimeException failure;

  /**
   * @param round sends what the handling of a failure needs
   */
  FailureHandler(
      EngineParts<K, V> parts, StoreSession session, RoundTrip round, StatisticsDelta delta) {
    this.round = round;
    this.parts = parts;
    this.session = session;
    this.delta = delta;
  }

  /** The exception of the call; null if it has not failed. */
  @Nullable RuntimeException failure() {
    return failure;
  }

  /**
   * Records a failure of the call. The caller gets the first one; an exception of the application
   * is never modified, because the application may throw the same instance often.
   */
  void record(RuntimeException cause) {
    if (failure == null) {
      failure = cause;
    } else if (failure instanceof StoreException && failure != cause) {
      failure.addSuppressed(cause);
    } else if (failure != cause) {
      LOG.debug("A call that fails with '{}' has failed in another way too", failure, cause);
    }
  }

  /**
   * Application code failed, or an entry cannot be decoded and that is an exception in this cache.
   */
  void operationFailed(PendingOperation<K, V, R> pending, RuntimeException cause) {
    if (cause instanceof CodecException) {
      invalidateIfOutdated(pending);
    }
    fail(pending, cause);
  }

  /** Counts and logs an entry that could not be decoded and counted as absent. */
  void reportIgnored(PendingOperation<K, V, R> pending) {
    CodecException reason = pending.hasSnapshot() ? pending.snapshot().ignoredFailure() : null;
    if (reason != null) {
      parts.degradations().recordDegraded(reason);
    }
  }

  /** Fails an operation without changing the entry, unless the writer was already called for it. */
  void abandon(PendingOperation<K, V, R> pending) {
    pending.fail();
    invalidateIfWritten(pending);
  }

  /** An error ended the call before this operation was completed. */
  void aborted(PendingOperation<K, V, R> pending) {
    invalidateIfOutdated(pending);
    abandon(pending);
  }

  /** The value cannot be encoded; the previous value is outdated nevertheless. */
  void cannotBeEncoded(
      PendingOperation<K, V, R> pending, CodecException cause, @Nullable Command removal) {
    fail(pending, cause);
    remove(pending, removal);
  }

  /**
   * Decides whether the call continues as if an item that is too large had been stored and evicted
   * at once.
   *
   * @param failure the failure of the command; null if it succeeded
   */
  boolean skipsItem(PendingOperation<K, V, R> pending, @Nullable StoreException failure) {
    if (failure == null
        || failure.reason() != Reason.TOO_LARGE
        || !pending.maySkipItem()
        || !(mayDegrade(pending) || pending.isBestEffort())) {
      return false;
    }
    parts.degradations().recordUncached(failure);
    pending.skipItem();
    return true;
  }

  /** What a command has done, and the caller cannot get, could not be taken back. */
  void notTakenBack(PendingOperation<K, V, R> pending, StoreException cause) {
    String message = Objects.requireNonNull(cause.getMessage());
    fail(pending, StoreException.outcomeUnknown(cause.reason(), message, cause));
  }

  /** The store has refused a command, or its reply was lost. */
  void storeFailed(
      PendingOperation<K, V, R> pending,
      StoreException cause,
      @Nullable Command removalIfTooLarge) {
    if (cause.reason() == Reason.TOO_LARGE) {
      parts.degradations().recordTooLarge();
      fail(pending, cause);
      remove(pending, removalIfTooLarge);
    } else if (cause.reason() == Reason.PROTOCOL) {
      invalidateIfOutdated(pending);
      fail(pending, cause);
    } else {
      degradeOrFail(
          pending,
          pending.indeterminate().isEmpty() ? cause : pending.indeterminate().get(0).cause());
    }
  }

  /** Another client has written after a store whose reply was lost. */
  void outcomeUnknown(PendingOperation<K, V, R> pending) {
    degradeOrFail(pending, pending.indeterminate().get(0).cause());
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

  /** Application code run by the call changes the entry each time, so no attempt can win. */
  void lostToItself(PendingOperation<K, V, R> pending) {
    fail(
        pending,
        new CacheException(
            "The entry processor, loader or writer of a call changes the entry '"
                + pending.key().wire()
                + "' through a cache, in the midst of the call that is to change the same entry:"
                + " it has to use the entry that it is given, or another key"));
  }

  private void degradeOrFail(PendingOperation<K, V, R> pending, RuntimeException cause) {
    invalidateIfOutdated(pending);
    try {
      Outcome<K, V, R> answer = mayDegrade(pending) ? pending.operation().withoutStore() : null;
      if (answer == null) {
        fail(pending, cause);
      } else {
        parts.degradations().recordDegraded(cause);
        pending.complete(answer);
        delta.add(answer.delta());
      }
    } catch (RuntimeException e) {
      parts.degradations().recordDegraded(cause);
      fail(pending, e);
    }
  }

  private boolean mayDegrade(PendingOperation<K, V, R> pending) {
    return parts.onFailure() == FailurePolicy.DEGRADE || pending.operation().isBestEffort();
  }

  private void fail(PendingOperation<K, V, R> pending, RuntimeException cause) {
    record(cause);
    abandon(pending);
  }

  private void invalidateIfOutdated(PendingOperation<K, V, R> pending) {
    if (pending.operation().outdatesEntry()) {
      invalidate(pending);
    }
  }

  /**
   * The writer has written an outcome that the cache does not get: the entry is removed, and a
   * tombstone left where that is possible, so that no caller that read the entry as absent stores
   * an outcome that the writer got earlier.
   */
  void invalidateIfWritten(PendingOperation<K, V, R> pending) {
    if (pending.isWrittenThrough()) {
      String key = pending.key().wire();
      Item tombstone =
          parts.format().tombstone(pending.key(), Envelope.NO_WRITE_ID, parts.clock().millis());
      sendOrInvalidate(
          pending, tombstone == null ? new Command.Delete(key) : new Command.Set(key, tombstone));
    }
  }

  private void remove(PendingOperation<K, V, R> pending, @Nullable Command removal) {
    if (removal != null && !pending.isWrittenThrough()) {
      sendOrInvalidate(pending, removal);
    }
  }

  /** If the command fails, the entry is invalidated: it is removed as soon as possible. */
  private void sendOrInvalidate(PendingOperation<K, V, R> pending, Command command) {
    round.add(
        command,
        reply -> {
          if (reply.failure() != null) {
            record(reply.failure());
            invalidate(pending);
          }
        });
  }

  private void invalidate(PendingOperation<K, V, R> pending) {
    session.invalidate(parts.format().prefix(), pending.key().wire());
  }
}
