package org.jcachememcached.internal.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.codec.key.EncodedKey;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.thread.Delays;
import org.jspecify.annotations.Nullable;

/**
 * A lease that a call holds while it loads an entry. It is renewed as long as the load lasts; from
 * then on its CAS value stays the same. Thread-safe.
 */
final class HeldLease {

  private final EngineParts<?, ?> parts;
  private final LeaseRules rules;
  private final EncodedKey key;
  private final long writeId;
  private long cas;
  private boolean ended;
  private @Nullable Future<?> renewal;

  /**
   * @param writeId that of the item
   * @param cas the CAS value of the item
   */
  HeldLease(EngineParts<?, ?> parts, LeaseRules rules, EncodedKey key, long writeId, long cas) {
    this.parts = parts;
    this.rules = rules;
    this.key = key;
    this.writeId = writeId;
    this.cas = cas;
  }

  /** Renews the lease at intervals until it is {@linkplain #end ended}. */
  synchronized void keep() {
    if (!ended) {
      renewal = Delays.runAfter(rules.nanosUntilRenewal(), this::renew);
    }
  }

  private void renew() {
    Command claim = claim(parts.lease(rules, key, writeId));
    if (claim != null) {
      send(claim).thenAccept(replies -> onRenewed(replies.get(0))).isDone();
    }
  }

  private synchronized @Nullable Command claim(@Nullable Item item) {
    return ended || item == null ? null : new Command.Claim(key.wire(), item, cas);
  }

  private CompletableFuture<List<Reply>> send(Command command) {
    return parts.store().send(List.of(command));
  }

  /** If it was lost, so is the load: what it has loaded will not be stored. */
  private void onRenewed(Reply reply) {
    if (reply.status() == Reply.Status.CLAIMED && !renewed(reply.number())) {
      send(release(reply.number())).isDone();
    }
  }

  /** Returns whether the lease still lasts. */
  private synchronized boolean renewed(long newCas) {
    if (!ended) {
      cas = newCas;
      keep();
    }
    return !ended;
  }

  synchronized long cas() {
    return cas;
  }

  /** The command that ends the lease at once, with nothing stored. */
  Command release() {
    return release(end());
  }

  /** In a cache with a writer, the lease may have replaced a tombstone, which is still needed. */
  private Command release(long ofItem) {
    Item tombstone =
        parts.writer() == null
            ? null
            : parts.format().tombstone(key, Envelope.NO_WRITE_ID, parts.clock().millis());
    return tombstone == null
        ? new Command.CompareAndDelete(key.wire(), ofItem)
        : new Command.CompareAndSet(key.wire(), tombstone, ofItem);
  }

  /**
   * The load has ended.
   *
   * @return the CAS value that the store of what was loaded is conditional on
   */
  synchronized long end() {
    ended = true;
    if (renewal != null) {
      renewal.cancel(false);
    }
    return cas;
  }
}
