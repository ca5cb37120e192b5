package org.jcachememcached.internal.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The port that all engines implement: a map from keys to bytes with CAS values. Independent of
 * {@code javax.cache}. Implementations are thread-safe.
 */
public interface ItemStore extends AutoCloseable {

  /**
   * The limit of the found items in the replies to one call, in bytes, unless a single item is
   * larger.
   */
  int ANSWER_BYTES = 4 * 1024 * 1024;

  /** An item of at most this size, in bytes, is never deferred nor counted. */
  int SMALL_ITEM_BYTES = 1024;

  /**
   * Executes the commands, in one round trip per server. Commands that exceed a round trip are sent
   * in several pieces: the next piece when one is answered.
   *
   * <p>Commands on different keys are independent of each other and may be executed in any order.
   * The same key must not appear twice.
   *
   * <p>The items in the replies are bounded by {@link #ANSWER_BYTES}. A get whose item has no room
   * gets the reply {@link Reply.Status#DEFERRED}. A call with a deferred get has found at least one
   * item that is larger than {@link #SMALL_ITEM_BYTES}, so repeating the deferred gets terminates.
   *
   * @return one reply per command, in the order of the commands. The future never fails: a failed
   *     command has the reply {@link Reply.Status#FAILED}. Every piece is answered within the
   *     operation timeout of the store (with a precision of a tenth of it) after it was sent,
   *     whatever the servers do. A piece that no server answers is the last one that is sent to
   *     that server: the remaining commands for it fail at once, without effect. So the future
   *     completes within the operation timeout if a call is one piece per server.
   */
  CompletableFuture<List<Reply>> send(List<? extends Command> commands);

  /**
   * Starts to enumerate the keys that start with a prefix.
   *
   * @throws StoreException if a server cannot be scanned; the pages of the scan may throw it
   *     instead
   */
  KeyScan scan(String prefix);

  /**
   * Ensures that the items now stored for these keys are not read any more: they are removed at
   * once or, if a server is not reachable, before any other command is sent to that server. Returns
   * without waiting. Items that are stored later may be removed as well.
   *
   * @param prefix the common prefix of these keys: if there are too many keys to remember, all keys
   *     with the prefix are removed
   */
  void invalidate(String prefix, List<String> keys);

  /** The part of this store that is of that type, or null: for {@code unwrap}. */
  <T> @Nullable T unwrap(Class<T> type);

  /** Releases connections and memory; running commands fail. Does nothing the second time. */
  @Override
  void close();
}
