package org.jcachememcached.internal.store.memcached;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What the last changes of the servers have moved, as long as that makes a difference. Immutable.
 *
 * @param formers the servers before each change, the last ones first
 * @param earlierCalls completes when the calls have ended that have begun with earlier servers
 */
record Handover(List<Former> formers, CompletableFuture<?> earlierCalls) {

  /** Nothing has moved that makes a difference. */
  static final Handover NONE = new Handover(List.of(), CompletableFuture.completedFuture(null));

  /**
   * The servers before a change.
   *
   * @param readUntil until when they are asked for what the present ones do not have, as of the
   *     clock of the store
   * @param clearUntil until when what changes is removed from them
   */
  record Former(Fleet fleet, long readUntil, long clearUntil) {

    boolean isRead(long now) {
      return now - readUntil < 0;
    }

    boolean isOver(long now) {
      return now - clearUntil >= 0;
    }

    /** The server that has kept the key, unless it is the one that keeps it now. */
    Optional<ServerNode> formerNodeOf(String key, Fleet now) {
      ServerNode former = fleet.nodeOf(key);
      return former == now.nodeOf(key) ? Optional.empty() : Optional.of(former);
    }
  }

  /** Those before the other changes that still make a difference. */
  List<Former> formersAt(long now) {
    return formers.stream().filter(former -> !former.isOver(now)).toList();
  }
}
