package org.jcachememcached.internal.store.memcached;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.memcached.protocol.BatchListener;
import org.jcachememcached.internal.store.memcached.spymemcached.AnswerLoop;
import org.jcachememcached.internal.thread.IdleTimeout;
import org.jspecify.annotations.Nullable;

/**
 * One call of the store: collects the replies of its batches, and bounds what they hold together.
 * Batches may answer from several threads, each only the positions that are its own.
 */
final class PendingReplies implements BatchListener {

  private final @Nullable Reply[] replies;
  private final List<Reply> list;
  private final AtomicInteger unanswered;
  private final AtomicLong heldBytes = new AtomicLong();
  private final IdleTimeout idleTimeout;
  private final BoundedFuture<List<Reply>> future;
  private @Nullable Fleet user;

  /**
   * @param idleTimeout how long a thread waits for the future at most while there is no reply
   * @param loop what a thread that waits for the future waits for
   * @param user the servers that the call uses, which are left with the last reply; may be null
   */
  PendingReplies(int commands, Duration idleTimeout, AnswerLoop loop, @Nullable Fleet user) {
    this.replies = new Reply[commands];
    this.list = Collections.unmodifiableList(Arrays.asList(replies));
    this.unanswered = new AtomicInteger(commands);
    this.idleTimeout = new IdleTimeout(idleTimeout);
    this.user = user;
    this.future = new BoundedFuture<>(this.idleTimeout, loop);
  }

  CompletableFuture<List<Reply>> future() {
    return future;
  }

  /**
   * {@inheritDoc}
   *
   * <p>There is room for {@link ItemStore#ANSWER_BYTES} of all values together, or for a single one
   * that is larger; small ones are not counted.
   */
  @Override
  public boolean makeRoomFor(int bytes) {
    if (bytes <= ItemStore.SMALL_ITEM_BYTES) {
      return true;
    }
    long before = heldBytes.getAndAdd(bytes);
    boolean room = before == 0 || before + bytes <= ItemStore.ANSWER_BYTES;
    if (!room) {
      heldBytes.addAndGet(-bytes);
    }
    return room;
  }

  @Override
  public void reply(int position, Reply reply) {
    replies[position] = reply;
  }

  @Override
  public void ended(int commands, long bytes, @Nullable StoreException because) {
    answered(commands);
  }

  @Override
  public boolean isFirstToExpire() {
    return true;
  }

  /**
   * So many commands have their replies; after the last one the future is completed. Allocates
   * nothing, so that a wait ends also when the memory is exhausted.
   */
  void answered(int commands) {
    idleTimeout.renew();
    if (unanswered.addAndGet(-commands) == 0) {
      leave();
      future.complete(list);
    }
  }

  /** Leaves the servers; does nothing the second time. To be called by one thread at a time. */
  void leave() {
    Fleet left = user;
    user = null;
    if (left != null) {
      left.leave();
    }
  }
}
