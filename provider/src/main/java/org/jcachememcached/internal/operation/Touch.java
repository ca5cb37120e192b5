package org.jcachememcached.internal.operation;

import java.time.Duration;
import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jcachememcached.internal.expiry.Expiry;
import org.jcachememcached.internal.store.Command;
import org.jspecify.annotations.Nullable;

/**
 * {@code touch}, and each key of {@code touchAll}: sets when an entry expires, counted from now. It
 * is neither an access nor counted. For one call; not thread-safe.
 */
public final class Touch<K, V> extends EntryOperation<K, V, Boolean> {

  private final Duration duration;

  /**
   * @param duration not negative
   */
  public Touch(OperationContext<K, V> context, K key, Duration duration) {
    super(context, key);
    this.duration = duration;
  }

  /** The read suffices for an entry whose deadline the store keeps. */
  @Override
  public long keepUntilOnRead(long now) {
    return !duration.isZero() && context.isLeftToStore(duration)
        ? Expiry.deadline(duration, now)
        : Command.Get.UNCHANGED;
  }

  @Override
  public boolean needsKeyLock(@Nullable Snapshot<V> entry) {
    return false;
  }

  @Override
  public Outcome<K, V, Boolean> apply(Snapshot<V> entry, long now) {
    if (!entry.isLive()) {
      return missing(entry, false);
    }
    return entry.isAccessed()
        ? Outcome.of(true)
        : move(entry, Expiry.deadline(duration, now), now, false, true);
  }

  @Override
  public Outcome<K, V, Boolean> withoutStore() {
    return Outcome.of(false);
  }
}
