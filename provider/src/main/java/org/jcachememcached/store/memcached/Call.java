package org.jcachememcached.store.memcached;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
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
  private final CompletableFuture<List<Reply>> future = new CompletableFuture<>();

  Call(int commands) {
    this.replies = new Reply[commands];
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
      future.complete(asList());
    }
  }

  private List<Reply> asList() {
    if (replies.length == 1) {
      return List.of(Objects.requireNonNull(replies[0]));
    }
    return Collections.unmodifiableList(Arrays.asList(replies));
  }
}
