package org.jcachememcached.internal.store.memcached.protocol;

import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Receives the replies of a batch. Called with the lock of the operation that carries the batch
 * held, by the thread that does the I/O or by the one that fails the operation.
 */
public interface BatchListener {

  /**
   * Reserves room for a value of so many bytes in the answer.
   *
   * @return whether there is room; otherwise the value is skipped
   */
  boolean makeRoomFor(int bytes);

  /** Receives a reply; {@link #ended} is called after the last one. */
  void reply(int position, Reply reply);

  /**
   * Every command of the batch has its reply.
   *
   * @param commands their number
   * @param bytes the length of the request, or an upper bound of it
   * @param because why the batch failed as a whole, or null
   */
  void ended(int commands, long bytes, @Nullable StoreException because);

  /**
   * Whether no other batch of the same call and server expired before; to be asked once for each
   * batch.
   */
  boolean isFirstToExpire();
}
