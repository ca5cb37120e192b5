package org.jcachememcached.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The port behind which all engines stand: a map from keys to bytes with tokens for
 * compare-and-set. It knows nothing of {@code javax.cache}. Thread-safe.
 */
public interface EntryStore extends AutoCloseable {

  /**
   * Carries out the commands, all under way at once, in one round trip per server.
   *
   * <p>Commands on different keys are independent of each other and may take effect in any order.
   * The same key must not appear twice.
   *
   * @return one reply per command, in the order of the commands. The future never fails: what could
   *     not be done is a {@link Reply.Status#FAILED} reply. It is complete within the operation
   *     timeout of the store (and its precision, a tenth of it), whatever the servers do.
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
