package org.jcachememcached.internal.operation;

import java.util.Set;
import javax.cache.event.EventType;
import org.jcachememcached.internal.engine.Operation;
import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jcachememcached.internal.event.Event;
import org.jcachememcached.internal.integration.WriteThrough;
import org.jspecify.annotations.Nullable;

/**
 * The common part of the operations: how to create, update, remove or read an entry, with its
 * deadline, its events and the call of the writer. Hits, misses and some other counts are left to
 * each operation. For one call; not thread-safe.
 */
abstract class EntryOperation<K, V, R extends @Nullable Object> implements Operation<K, V, R> {

  final OperationContext<K, V> context;
  private final K key;

  EntryOperation(OperationContext<K, V> context, K key) {
    this.context = context;
    this.key = key;
  }

  @Override
  public final K key() {
    return key;
  }

  @Override
  public final Set<String> tags() {
    return context.tags();
  }

  /** A write, counted as a put, whether or not there is an entry. */
  final Outcome<K, V, R> write(Snapshot<V> entry, V value, long now, @Nullable R result) {
    return entry.isLive() ? update(entry, value, now, result) : create(entry, value, now, result);
  }

  /** A write without a live entry; a value that expires at once is neither stored nor counted. */
  final Outcome<K, V, R> create(Snapshot<V> entry, V value, long now, @Nullable R result) {
    return create(entry, value, context.expiry().onCreation(now), now, result);
  }

  /** The same with a deadline of its own. */
  final Outcome<K, V, R> create(
      Snapshot<V> entry, V value, long deadline, long now, @Nullable R result) {
    Outcome<K, V, R> outcome = Outcome.of(result);
    publishExpiry(entry, outcome);
    if (context.writesThrough()) {
      outcome.writingThrough(WriteThrough.write(key, value));
    }
    if (deadline <= now) {
      return leaveNothing(entry, outcome);
    }
    return outcome.storing(value, deadline, context.endsAtStore()).put().publishing(created(value));
  }

  /** A write over a live entry, counted as a put, that calls the writer. */
  final Outcome<K, V, R> update(Snapshot<V> entry, V value, long now, @Nullable R result) {
    return update(entry, entry.deadline(), value, now, result);
  }

  /** The same after a read of the entry, which may have changed its deadline before the write. */
  final Outcome<K, V, R> updateAccessed(Snapshot<V> entry, V value, long now, @Nullable R result) {
    long accessed = context.expiry().onAccess(now, entry.deadline());
    return update(entry, accessed, value, now, result);
  }

  private Outcome<K, V, R> update(
      Snapshot<V> entry, long deadline, V value, long now, @Nullable R result) {
    Outcome<K, V, R> outcome = supersede(entry, deadline, value, now, result).put();
    return context.writesThrough()
        ? outcome.writingThrough(WriteThrough.write(key, value))
        : outcome;
  }

  /** A loaded value over a live entry: not a put, and never over a newer value. */
  final Outcome<K, V, R> updateLoaded(Snapshot<V> entry, V value, long now, @Nullable R result) {
    return supersede(entry, entry.deadline(), value, now, result).onlyIfUnchanged();
  }

  private Outcome<K, V, R> supersede(
      Snapshot<V> entry, long deadlineSoFar, V value, long now, @Nullable R result) {
    Outcome<K, V, R> outcome = Outcome.<K, V, R>of(result).publishing(updated(entry, value));
    long deadline = context.expiry().onUpdate(now, deadlineSoFar);
    boolean stays = deadline == entry.deadline() ? !entry.isExpiredAt(now) : deadline > now;
    return stays
        ? outcome.storing(value, deadline, context.endsAtStore())
        : clear(outcome).publishing(expired(value));
  }

  /** A removal of a live entry, counted, that calls the writer. */
  final Outcome<K, V, R> remove(Snapshot<V> entry, @Nullable R result) {
    Outcome<K, V, R> outcome = deleteThrough(clear(Outcome.of(result))).removal();
    return outcome.publishing(
        hasListenersFor(EventType.REMOVED) ? Event.removed(key, entry.value()) : null);
  }

  /** A removal without a live entry: not counted, but it calls the writer. */
  final Outcome<K, V, R> removeAbsent(Snapshot<V> entry, @Nullable R result) {
    Outcome<K, V, R> outcome = deleteThrough(Outcome.of(result));
    publishExpiry(entry, outcome);
    return leaveNothing(entry, outcome);
  }

  /** A read of a live entry, which may change its deadline. */
  final Outcome<K, V, R> access(Snapshot<V> entry, long now, @Nullable R result) {
    Outcome<K, V, R> outcome = Outcome.of(result);
    if (entry.isAccessed()) {
      return outcome;
    }
    long deadline = context.expiry().onAccess(now, entry.deadline());
    return deadline == entry.deadline()
        ? outcome
        : move(entry, deadline, now, context.endsAtStore(), result).bestEffort();
  }

  /** A live entry gets another deadline, or expires if that is not after now. */
  final Outcome<K, V, R> move(
      Snapshot<V> entry, long deadline, long now, boolean atStore, @Nullable R result) {
    Outcome<K, V, R> outcome = Outcome.of(result);
    return deadline > now
        ? outcome.touching(deadline, atStore)
        : outcome.removing().publishing(expired(entry.value()));
  }

  /** A loaded value without a live entry: not a put, and never over another value. */
  final Outcome<K, V, R> createLoaded(Snapshot<V> entry, V value, long now, @Nullable R result) {
    return createComputed(entry, value, now, result).onlyIfUnchanged();
  }

  /** The same, but if another client was faster, the operation is applied to its value. */
  final Outcome<K, V, R> createComputed(Snapshot<V> entry, V value, long now, @Nullable R result) {
    long deadline = context.expiry().onCreation(now);
    if (deadline <= now || !entry.mayBeFilled()) {
      return missing(entry, result);
    }
    Outcome<K, V, R> outcome =
        Outcome.<K, V, R>of(result).storing(value, deadline, context.endsAtStore());
    publishExpiry(entry, outcome);
    return outcome.publishing(created(value));
  }

  /**
   * A loaded value over a live entry that is about to expire: it lives as long as a new one, and is
   * never stored over a newer value.
   */
  final Outcome<K, V, R> renew(Snapshot<V> entry, V value, long now, @Nullable R result) {
    long deadline = context.expiry().onCreation(now);
    return deadline > now
        ? Outcome.<K, V, R>of(result)
            .publishing(updated(entry, value))
            .storing(value, deadline, context.endsAtStore())
            .onlyIfUnchanged()
        : Outcome.of(result);
  }

  /** A live entry expires now, but its value may still be served. */
  final Outcome<K, V, R> expire(Snapshot<V> entry, long now, @Nullable R result) {
    return context.servesStale()
        ? Outcome.<K, V, R>of(result).touching(now, false)
        : move(entry, now, now, false, result);
  }

  /** No live entry: what is being loaded instead is not stored. */
  final Outcome<K, V, R> supersedeLoads(Snapshot<V> entry, @Nullable R result) {
    return isServedStale(entry)
        ? Outcome.<K, V, R>of(result).touching(entry.deadline(), false)
        : leaveNothing(entry, Outcome.of(result));
  }

  /** The value of an expired entry is served no longer. */
  final Outcome<K, V, R> withdraw(Snapshot<V> entry, @Nullable R result) {
    Outcome<K, V, R> outcome = Outcome.<K, V, R>of(result).removing();
    publishExpiry(entry, outcome);
    return outcome;
  }

  /** Whether there is no live entry, but one whose last value a call that could load is given. */
  final boolean isServedStale(Snapshot<V> entry) {
    return context.refreshing().rules().isServedStale(entry);
  }

  /** Whether a lease takes the place of what the store holds, while a value is loaded. */
  final boolean isToBeFilled(Snapshot<V> entry) {
    return !entry.isReadable() && !entry.isUndecodable() && !isServedStale(entry);
  }

  /** No live entry, and no new one; an expired one is removed if its expiry is an event. */
  final Outcome<K, V, R> missing(Snapshot<V> entry, @Nullable R result) {
    Outcome<K, V, R> outcome = Outcome.of(result);
    if (hasListenersFor(EventType.EXPIRED) && entry.isExpired() && !isServedStale(entry)) {
      outcome.removing().bestEffort();
      publishExpiry(entry, outcome);
    }
    return outcome;
  }

  private @Nullable Event<K, V> updated(Snapshot<V> entry, V value) {
    return hasListenersFor(EventType.UPDATED) ? Event.updated(key, value, entry.value()) : null;
  }

  private @Nullable Event<K, V> created(V value) {
    return hasListenersFor(EventType.CREATED) ? Event.created(key, value) : null;
  }

  private @Nullable Event<K, V> expired(V lastValue) {
    return hasListenersFor(EventType.EXPIRED) ? Event.expired(key, lastValue) : null;
  }

  private void publishExpiry(Snapshot<V> entry, Outcome<K, V, R> outcome) {
    if (hasListenersFor(EventType.EXPIRED) && entry.isExpired()) {
      outcome.publishing(expired(entry.value()));
    }
  }

  private Outcome<K, V, R> deleteThrough(Outcome<K, V, R> outcome) {
    return context.writesThrough() ? outcome.writingThrough(WriteThrough.delete(key)) : outcome;
  }

  /**
   * In a cache with a writer a removal leaves a tombstone, so that the last of two writers wins.
   */
  private Outcome<K, V, R> clear(Outcome<K, V, R> outcome) {
    return context.writesThrough() ? outcome.tombstone() : outcome.removing();
  }

  /**
   * In a cache with a writer even the absence of an entry leaves a tombstone, for the same reason.
   * An item that cannot be decoded is removed: instances of the application with another release
   * may be able to decode it. So is one whose tags have other versions, for clients with other
   * servers for their tags; a lease, so that what is being loaded is not stored; and a value that
   * is served although it has expired.
   */
  private Outcome<K, V, R> leaveNothing(Snapshot<V> entry, Outcome<K, V, R> outcome) {
    if (context.writesThrough()) {
      return outcome.tombstone();
    }
    if (entry.isUndecodable() || entry.isOutdated() || entry.isLease() || isServedStale(entry)) {
      return outcome.removing();
    }
    return hasListenersFor(EventType.EXPIRED) && entry.isExpired()
        ? outcome.removing().bestEffort()
        : outcome;
  }

  private boolean hasListenersFor(EventType type) {
    return context.hasListenersFor(type);
  }
}
