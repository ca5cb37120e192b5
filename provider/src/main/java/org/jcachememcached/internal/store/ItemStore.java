package org.jcachememcached.internal.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The port behind which all engines stand: a map from keys to bytes with tokens for
 * compare-and-set. It knows nothing of {@code javax.cache}. Thread-safe.
 */
public interface ItemStore extends AutoCloseable {

  /**
   * The bytes of found items that the answer to one call holds, unless one item alone is larger.
   */
  int ANSWER_BYTES = 4 * 1024 * 1024;

  /** An item of at most so many bytes is never deferred, nor counted. */
  int SMALL_ITEM_BYTES = 1024;

  /**
   * Carries out the commands, in one round trip per server. What is too much for a round trip is
   * sent piece by piece: the next piece when one is answered.
   *
   * <p>Commands on different keys are independent of each other and may take effect in any order.
   * The same key must not appear twice.
   *
   * <p>The items of an answer are bounded by {@link #ANSWER_BYTES}. A get whose item has no room is
   * answered with {@link Reply.Status#DEFERRED}. A call of which any get is deferred has found one
   * item at least that is larger than {@link #SMALL_ITEM_BYTES}, so whoever asks again for what was
   * deferred comes to an end.
   *
   * @return one reply per command, in the order of the commands. The future never fails: what could
   *     not be done is a {@link Reply.Status#FAILED} reply. Every piece is answered within the
   *     operation timeout of the store (and its precision, a tenth of it) from when it was sent,
   *     whatever the servers do. A piece that no server answers is the last one that is sent to
   *     that server: what is left for it fails at once, without effect. So the future is complete
   *     within the operation timeout where a call is one piece per server.
   */
  CompletableFuture<List<Reply>> send(List<? extends Command> commands);

  /**
   * Begins to enumerate the keys that start with a prefix.
   *
   * @throws StoreException if a server cannot be scanned; it may come from the scan's pages instead
   */
  KeyScan scan(String prefix);

  /**
   * Sees to it that what is stored below these keys now is not read any more: it is removed at
   * once, or, while a server cannot be asked, before that server is asked for anything else.
   * Returns without waiting. What is stored later may be removed as well.
   *
   * @param prefix what all these keys begin with: where there are too many keys to remember, all
   *     keys that begin with it go
   */
  void invalidate(String prefix, List<String> keys);

  /** The object of that type that this store is made of, or null: for {@code unwrap}. */
  <T> @Nullable T unwrap(Class<T> type);

  /** Gives up connections and memory; commands under way fail. Does nothing the second time. */
  @Override
  void close();
}
