package org.jcachememcached.internal.engine;

import org.jcachememcached.internal.near.NearEntry;
import org.jcachememcached.internal.near.NearMember;
import org.jcachememcached.internal.near.NearRead;
import org.jspecify.annotations.Nullable;

/**
 * The first and the last step of a call: plain reads are answered by the near cache if it has the
 * entry; all other operations are announced to the near caches of this JVM before anything is sent
 * and after the end, and a plain read that stores a value after the end. Not thread-safe.
 */
final class NearStep<K, V, R extends @Nullable Object> {

  private final Call<K, V, R> call;
  private final NearMember<V> near;

  NearStep(Call<K, V, R> call) {
    this.call = call;
    this.near = call.parts().near();
  }

  /** Completes the operations that need no round trip, and announces the changes. */
  void begin() {
    announceChanges();
    if (near.keeps()) {
      long now = call.parts().clock().millis();
      for (PendingOperation<K, V, R> pending : call.operations()) {
        if (pending.operation().isPlainRead()) {
          answer(pending, now);
        }
      }
    }
  }

  /** Announces the changes of the call, or what may have become of them; may be repeated. */
  void announceChanges() {
    if (near.isObserved()) {
      for (PendingOperation<K, V, R> pending : call.operations()) {
        if (!pending.operation().isPlainRead() || pending.mayHaveChanged()) {
          near.forget(pending.key().wire());
        }
      }
    }
  }

  private void answer(PendingOperation<K, V, R> pending, long now) {
    String key = pending.key().wire();
    NearEntry<V> kept = near.find(key, now);
    if (kept == null || !answer(pending, kept, now)) {
      pending.setNearRead(near.begin(key, now));
      call.delta().nearMiss();
    }
  }

  private boolean answer(PendingOperation<K, V, R> pending, NearEntry<V> kept, long now) {
    pending.setSnapshot(call.parts().format().kept(pending.key(), kept, now));
    if (!isAnswer(pending, kept)) {
      pending.forget();
      return false;
    }
    pending.apply(now);
    call.delta().nearHit();
    call.complete(pending, pending.outcome());
    return true;
  }

  /** An operation that would load or compute always asks the store. */
  private boolean isAnswer(PendingOperation<K, V, R> pending, NearEntry<V> kept) {
    return kept.packed() == null
        ? !pending.operation().needsKeyLock(pending.snapshot())
        : pending.snapshot().isReadable();
  }

  /**
   * Keeps what a plain read has found, if it is an entry without tags and stays as it is, or no
   * entry.
   */
  void keep(PendingOperation<K, V, R> applied) {
    NearRead read = applied.nearRead();
    if (read == null) {
      return;
    }
    Snapshot<V> found = applied.snapshot();
    if (!(applied.outcome().mutation() instanceof Mutation.Keep)) {
      // The store is conditional on what was read: a read that begins later finds that, or the
      // change.
      near.forget(read.key());
    } else if (found.isReadable() && found.tags().isEmpty()) {
      near.keep(read, found.packed(), found.value());
    } else if (found.isVacant()) {
      near.keepMiss(read);
    }
  }
}
