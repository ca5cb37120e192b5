package org.jcachememcached.internal.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The access of one call to the store, over any number of round trips, with a bound on the time
 * that the call waits for servers that do not answer: twice the timeout of the store, for the lost
 * reply and one more read that shows what happened. After that, further commands of the call fail
 * without being sent.
 *
 * <p>The time that servers take to answer within the timeout is not counted. Not thread-safe.
 */
public final class StoreSession {

  private final ItemStore store;
  private final InstantSource clock;
  private final long longestWaitMillis;
  private long waitedMillis;
  private @Nullable StoreException silence;

  /**
   * @param timeout how long the store waits for one reply
   * @param clock measures how long it has waited
   */
  StoreSession(ItemStore store, Duration timeout, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    // A store may detect a timeout late by a tenth of it.
    long millis = timeout.toMillis();
    this.longestWaitMillis = millis + millis / 10;
  }

  /** Sends commands in one round trip and waits for the replies, which are in their order. */
  List<Reply> send(List<Command> commands) {
    long start = clock.millis();
    return waitsNoMore() ? unsent(commands) : received(store.send(commands).join(), start);
  }

  /** The same without waiting for the replies; the future never fails. */
  CompletableFuture<List<Reply>> sendWithoutWaiting(List<Command> commands) {
    long start = clock.millis();
    return waitsNoMore()
        ? CompletableFuture.completedFuture(unsent(commands))
        : store.send(commands).thenApply(replies -> received(replies, start));
  }

  private boolean waitsNoMore() {
    return silence != null && waitedMillis > longestWaitMillis;
  }

  private List<Reply> received(List<Reply> replies, long start) {
    for (Reply reply : replies) {
      if (isSilence(reply.failure())) {
        silence = reply.failure();
        long took = clock.millis() - start;
        waitedMillis += Math.max(0, Math.min(took, longestWaitMillis));
        break;
      }
    }
    return replies;
  }

  /** Invalidates an entry, without waiting. */
  void invalidate(String prefix, String key) {
    store.invalidate(prefix, List.of(key));
  }

  private static boolean isSilence(@Nullable StoreException failure) {
    return failure != null
        && (failure.reason() == Reason.TIMEOUT || failure.reason() == Reason.UNREACHABLE);
  }

  private List<Reply> unsent(List<Command> commands) {
    StoreException reason = Objects.requireNonNull(silence);
    return commands.stream().map(unsent -> Reply.failed(unsent(reason))).toList();
  }

  private StoreException unsent(StoreException reason) {
    return StoreException.withoutEffect(
        Reason.TIMEOUT,
        "not asked any more, after the call has waited %d ms for servers that do not answer: %s"
            .formatted(waitedMillis, reason.getMessage()),
        reason);
  }
}
