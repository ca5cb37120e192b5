package org.jcachememcached.store.memcached;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jcachememcached.store.Reply;
import org.jspecify.annotations.Nullable;

/**
 * One call of the store: collects the replies of its batches. Batches may answer from several
 * threads, each only the positions that are its own.
 */
final class Call {

  private final @Nullable Reply[] replies;
  private final AtomicInteger openBatches = new AtomicInteger();
  private final CompletableFuture<List<Reply>> future;

  /** Made beforehand: a call must end in a thread that finds no memory. */
  private final List<Reply> result;

  /**
   * @param patience how long a thread waits for its future at most, if nothing ends it
   */
  Call(int commands, Duration patience) {
    this.replies = new Reply[commands];
    this.future = new Answer<>(patience);
    this.result = Collections.unmodifiableList(Arrays.asList(replies));
  }

  CompletableFuture<List<Reply>> future() {
    return future;
  }

  /** To be said before the first batch is on its way. */
  void expectBatches(int count) {
    openBatches.set(count);
  }

  void reply(int position, Reply reply) {
    replies[position] = reply;
  }

  /** A batch has given its last reply; after the last batch whoever waits for the call goes on. */
  void batchDone() {
    if (openBatches.decrementAndGet() == 0) {
      future.complete(result);
    }
  }
}
