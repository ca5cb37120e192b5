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
 * What an operation makes of an entry: the change to the store, the call to the writer, the answer
 * to the caller, and what is told to statistics and listeners if the change comes to pass. Built by
 * one operation for one attempt; not thread-safe.
 *
 * @param <R> what the caller gets
 */
public final class Outcome<K, V, R extends @Nullable Object> {

  private final @Nullable R result;
  private final @Nullable RuntimeException failure;
  private final StatisticsDelta delta;
  private Mutation<V> change = new Mutation.Keep<>();
  private boolean optional;
  private boolean courtesy;
  private @Nullable WriteThrough<K, V> writeThrough;
  private List<Event<K, V>> events = List.of();

  private Outcome(@Nullable R result, @Nullable RuntimeException failure, StatisticsDelta delta) {
    this.result = result;
    this.failure = failure;
    this.delta = delta;
  }

  /** The caller gets this, and nothing changes unless more is said. */
  public static <K, V, R extends @Nullable Object> Outcome<K, V, R> of(@Nullable R result) {
    return new Outcome<>(result, null, new StatisticsDelta());
  }

  /** The caller gets this exception, and nothing changes. */
  public static <K, V, R extends @Nullable Object> Outcome<K, V, R> failing(
      RuntimeException failure) {
    return new Outcome<>(null, failure, new StatisticsDelta());
  }

  /** The same outcome, described to the caller in another way. */
  public <S extends @Nullable Object> Outcome<K, V, S> answering(
      Function<R, S> description, Function<RuntimeException, S> excuse) {
    S answer = failure == null ? description.apply(result()) : excuse.apply(failure);
    Outcome<K, V, S> same = new Outcome<>(answer, null, delta);
    same.change = change;
    same.optional = optional;
    same.courtesy = courtesy;
    same.writeThrough = writeThrough;
    same.events = events;
    return same;
  }

  public Outcome<K, V, R> storing(V value, long deadline) {
    change = new Mutation.Store<>(value, deadline);
    return this;
  }

  public Outcome<K, V, R> touching(long deadline) {
    change = new Mutation.Touch<>(deadline);
    return this;
  }

  public Outcome<K, V, R> removing() {
    change = new Mutation.Remove<>();
    return this;
  }

  /** Leaves a tombstone instead of an entry, see {@link Mutation.Tombstone}. */
  public Outcome<K, V, R> tombstone() {
    change = new Mutation.Tombstone<>();
    return this;
  }

  /** If somebody else was faster, the result stands and nothing is repeated. */
  public Outcome<K, V, R> ifStillSo() {
    optional = true;
    return this;
  }

  /**
   * The change is not what the caller has asked for (a touch, the removal of what has expired, the
   * store of a value that a read has loaded): whatever becomes of it, the result stands.
   */
  public Outcome<K, V, R> asCourtesy() {
    courtesy = true;
    return ifStillSo();
  }

  /** The writer is to be told, before the store is. */
  public Outcome<K, V, R> writing(WriteThrough<K, V> call) {
    writeThrough = call;
    return this;
  }

  /** Listeners are to be told, once the change has come to pass. */
  public Outcome<K, V, R> announcing(@Nullable Event<K, V> event) {
    if (event != null) {
      if (events.isEmpty()) {
        events = new ArrayList<>(2);
      }
      events.add(event);
    }
    return this;
  }

  public Outcome<K, V, R> hit() {
    delta.hit();
    return this;
  }

  public Outcome<K, V, R> miss() {
    delta.miss();
    return this;
  }

  public Outcome<K, V, R> hitIf(boolean found) {
    return found ? hit() : miss();
  }

  public Outcome<K, V, R> put() {
    delta.put();
    return this;
  }

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

  Mutation<V> change() {
    return change;
  }

  boolean isOptional() {
    return optional;
  }

  boolean isCourtesy() {
    return courtesy;
  }

  /**
   * The outcome where the store does not take the item: the caller gets the same answer, as if the
   * item had been stored and evicted at once. It is no put, and as of an eviction no event is
   * published.
   */
  Outcome<K, V, R> withoutItem() {
    if (change.outdates()) {
      change = change.withoutItem(writeThrough != null);
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
