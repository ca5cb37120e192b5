package org.jcachememcached.internal.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A store whose servers can change while it is used: what it unwraps to. A change moves some keys
 * to other servers. Thread-safe.
 */
public interface ChangingServers {

  /**
   * Announces that items are stored below a prefix: where a server gains keys below it, what it has
   * stored for them at an earlier time is removed.
   */
  void announce(String prefix);

  /**
   * Executes commands as {@link ItemStore#send} does, unless the consequences of a change are not
   * over.
   *
   * @return null if they are not: nothing was sent
   */
  @Nullable CompletableFuture<List<Reply>> sendIfSettled(List<? extends Command> commands);

  /** Begins a call during a change. */
  Passage enter();

  /**
   * A call that uses the same servers from its beginning to its end. Calls that have begun with
   * later servers wait for it where they use the same keys. Thread-safe.
   */
  interface Passage extends AutoCloseable {

    /** The servers as they are for this call. */
    ItemStore servers();

    /** The servers that have kept the moved keys before. */
    ItemStore formerServers();

    /** Whether another server than now has kept the key before. */
    boolean hasMoved(String key);

    /** Whether the former servers are to be asked for what the present ones do not have. */
    boolean readsFormerServers();

    /** Completes when the calls have ended that have begun with earlier servers. */
    CompletableFuture<?> whenEarlierHaveEnded();

    /** Ends the call; does nothing the second time. */
    @Override
    void close();
  }
}
