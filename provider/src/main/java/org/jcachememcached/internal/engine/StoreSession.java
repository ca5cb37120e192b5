package org.jcachememcached.internal.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What one call to a cache asks of the store, in however many round trips, and the bound of how
 * long the call waits for servers that do not answer: twice the timeout of the store. That is the
 * answer that was lost, and one more look at what became of it. Once the time is used up, whatever
 * else the call wants of the store fails without being sent.
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
   * @param timeout how long the store waits for one answer
   * @param clock measures how long it has waited
   */
  StoreSession(ItemStore store, Duration timeout, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    // A store may notice a tenth of its timeout late that there is no answer.
    this.longestWaitMillis = timeout.plus(timeout.dividedBy(10)).toMillis();
  }

  /** Sends commands in one round trip and waits for the replies, which are in their order. */
  List<Reply> send(List<Command> commands) {
    StoreException reason = silence;
    if (reason != null && waitedMillis > longestWaitMillis) {
      return commands.stream().map(unsent -> Reply.failed(unsent(reason))).toList();
    }
    long start = clock.millis();
    List<Reply> replies = store.send(commands).join();
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

  /** Sees to it that an entry is not read any more, without waiting for it. */
  void invalidate(String prefix, String key) {
    store.invalidate(prefix, List.of(key));
  }

  private static boolean isSilence(@Nullable StoreException failure) {
    return failure != null
        && (failure.reason() == Reason.TIMEOUT || failure.reason() == Reason.UNREACHABLE);
  }

  private StoreException unsent(StoreException reason) {
    return StoreException.withoutEffect(
        Reason.TIMEOUT,
        "not asked any more, after the call has waited %d ms for servers that do not answer: %s"
            .formatted(waitedMillis, reason.getMessage()),
        reason);
  }
}
