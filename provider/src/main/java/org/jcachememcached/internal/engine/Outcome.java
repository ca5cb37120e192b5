package org.jcachememcached.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.cache.event.EventType;
import org.jcachememcached.internal.event.Event;
import org.jcachememcached.internal.integration.WriteThrough;
import org.jcachememcached.internal.management.StatisticsDelta;
import org.jspecify.annotations.Nullable;

/**
 * The result of an operation on an entry: the mutation of the store, the call of the writer, the
 * result for the caller, and the statistics and events if the mutation succeeds. Built by one
 * operation for one attempt; not thread-safe.
 *
 * @param <R> the type of the result
 */
public final class Outcome<K, V, R extends @Nullable Object> {

  private final @Nullable R result;
  private final @Nullable RuntimeException failure;
  private final StatisticsDelta delta;
  private Mutation<V> mutation = new Mutation.Keep<>();
  private boolean optional;
  private boolean bestEffort;
  private @Nullable WriteThrough<K, V> writeThrough;
  private List<Event<K, V>> events = List.of();

  private Outcome(@Nullable R result, @Nullable RuntimeException failure, StatisticsDelta delta) {
    this.result = result;
    this.failure = failure;
    this.delta = delta;
  }

  /** A result; nothing changes unless a mutation is set. */
  public static <K, V, R extends @Nullable Object> Outcome<K, V, R> of(@Nullable R result) {
    return new Outcome<>(result, null, new StatisticsDelta());
  }

  /** An exception for the caller; nothing changes. */
  public static <K, V, R extends @Nullable Object> Outcome<K, V, R> failing(
      RuntimeException failure) {
    return new Outcome<>(null, failure, new StatisticsDelta());
  }

  /** The same outcome with another result. */
  public <S extends @Nullable Object> Outcome<K, V, S> mapResult(
      Function<R, S> description, Function<RuntimeException, S> excuse) {
    S answer = failure == null ? description.apply(result()) : excuse.apply(failure);
    Outcome<K, V, S> same = new Outcome<>(answer, null, delta);
    same.mutation = mutation;
    same.optional = optional;
    same.bestEffort = bestEffort;
    same.writeThrough = writeThrough;
    same.events = events;
    return same;
  }

  /**
   * Stores a value that expires at the deadline.
   *
   * @param atStore whether the store keeps the deadline, which is less precise
   */
  public Outcome<K, V, R> storing(V value, long deadline, boolean atStore) {
    mutation = new Mutation.Store<>(value, deadline, atStore);
    return this;
  }

  /**
   * What is stored is a number in the form in which the store can count, where that is possible.
   */
  public Outcome<K, V, R> countable() {
    if (mutation instanceof Mutation.Store<V> store) {
      mutation = new Mutation.StoreCountable<>(store);
    }
    return this;
  }

  /** What is stored does not outdate the entry: that stays if the value is too large. */
  public Outcome<K, V, R> keepingEntry() {
    if (mutation instanceof Mutation.Store<V> store) {
      mutation = new Mutation.StoreOrKeep<>(store);
    }
    return this;
  }

  /**
   * Changes the deadline.
   *
   * @param atStore whether the store keeps the deadline, which is less precise
   */
  public Outcome<K, V, R> touching(long deadline, boolean atStore) {
    mutation = new Mutation.Touch<>(deadline, atStore);
    return this;
  }

  /** Removes the entry. */
  public Outcome<K, V, R> removing() {
    mutation = new Mutation.Remove<>();
    return this;
  }

  /** Leaves a tombstone in place of the entry, see {@link Mutation.Tombstone}. */
  public Outcome<K, V, R> tombstone() {
    mutation = new Mutation.Tombstone<>();
    return this;
  }

  /** If another client was faster, the result is valid anyway and nothing is repeated. */
  public Outcome<K, V, R> onlyIfUnchanged() {
    optional = true;
    return this;
  }

  /**
   * The mutation is a side effect that the caller has not asked for (a touch, the removal of an
   * expired entry, the store of a value that a read has loaded): the result is valid even if it
   * fails.
   */
  public Outcome<K, V, R> bestEffort() {
    bestEffort = true;
    return onlyIfUnchanged();
  }

  /** Calls the writer before the store is changed. */
  public Outcome<K, V, R> writingThrough(WriteThrough<K, V> call) {
    writeThrough = call;
    return this;
  }

  /** Publishes an event once the mutation has succeeded. */
  public Outcome<K, V, R> publishing(@Nullable Event<K, V> event) {
    if (event != null) {
      if (events.isEmpty()) {
        events = new ArrayList<>(2);
      }
      events.add(event);
    }
    return this;
  }

  /** Counts a hit. */
  public Outcome<K, V, R> hit() {
    delta.hit();
    return this;
  }

  /** Counts a miss. */
  public Outcome<K, V, R> miss() {
    delta.miss();
    return this;
  }

  /** Counts a hit or a miss. */
  public Outcome<K, V, R> hitIf(boolean found) {
    return found ? hit() : miss();
  }

  /** Counts a hit that has found the value of an expired entry. */
  public Outcome<K, V, R> staleHit() {
    delta.staleHit();
    return hit();
  }

  /** Counts an entry that was loaded anew in the background. */
  public Outcome<K, V, R> refresh() {
    delta.refresh();
    return this;
  }

  /** Counts a put. */
  public Outcome<K, V, R> put() {
    delta.put();
    return this;
  }

  /** Counts a removal. */
  public Outcome<K, V, R> removal() {
    delta.removal();
    return this;
  }

  @SuppressWarnings("NullAway") // It is null only where R allows null.
  R result() {
    return result;
  }

  @Nullable RuntimeException failure() {
    return failure;
  }

  Mutation<V> mutation() {
    return mutation;
  }

  boolean isOptional() {
    return optional;
  }

  boolean isBestEffort() {
    return bestEffort;
  }

  /**
   * The outcome if the store refuses the item as too large: the caller gets the same result, as if
   * the item had been stored and evicted at once. It counts as no put, and like an eviction it
   * publishes no event.
   */
  Outcome<K, V, R> withoutItem() {
    if (mutation.outdates()) {
      mutation = mutation.withoutItem(writeThrough != null);
      delta.forgetPuts();
      events =
          events.stream()
              .filter(e -> e.type() != EventType.CREATED && e.type() != EventType.UPDATED)
              .toList();
    }
    return this;
  }

  @Nullable WriteThrough<K, V> writeThrough() {
    return writeThrough;
  }

  List<Event<K, V>> events() {
    return events;
  }

  StatisticsDelta delta() {
    return delta;
  }
}
