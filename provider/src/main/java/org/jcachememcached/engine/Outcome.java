package org.jcachememcached.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.cache.event.EventType;
import org.jcachememcached.event.Event;
import org.jcachememcached.integration.WriteThrough;
import org.jcachememcached.management.Tally;
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
  private final Tally tally;
  private Change<V> change = new Change.Keep<>();
  private boolean optional;
  private boolean courtesy;
  private @Nullable WriteThrough<K, V> writeThrough;
  private List<Event<K, V>> events = List.of();

  private Outcome(@Nullable R result, @Nullable RuntimeException failure, Tally tally) {
    this.result = result;
    this.failure = failure;
    this.tally = tally;
  }

  /** The caller gets this, and nothing changes unless more is said. */
  public static <K, V, R extends @Nullable Object> Outcome<K, V, R> of(@Nullable R result) {
    return new Outcome<>(result, null, new Tally());
  }

  /** The caller gets this exception, and nothing changes. */
  public static <K, V, R extends @Nullable Object> Outcome<K, V, R> failing(
      RuntimeException failure) {
    return new Outcome<>(null, failure, new Tally());
  }

  /** The same outcome, described to the caller in another way. */
  public <S extends @Nullable Object> Outcome<K, V, S> answering(
      Function<R, S> description, Function<RuntimeException, S> excuse) {
    S answer = failure == null ? description.apply(result()) : excuse.apply(failure);
    Outcome<K, V, S> same = new Outcome<>(answer, null, tally);
    same.change = change;
    same.optional = optional;
    same.courtesy = courtesy;
    same.writeThrough = writeThrough;
    same.events = events;
    return same;
  }

  public Outcome<K, V, R> storing(V value, long deadline) {
    change = new Change.Store<>(value, deadline);
    return this;
  }

  public Outcome<K, V, R> touching(long deadline) {
    change = new Change.Touch<>(deadline);
    return this;
  }

  public Outcome<K, V, R> removing() {
    change = new Change.Remove<>();
    return this;
  }

  /** Leaves a tombstone instead of an entry, see {@link Change.Bury}. */
  public Outcome<K, V, R> burying() {
    change = new Change.Bury<>();
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
    tally.hit();
    return this;
  }

  public Outcome<K, V, R> miss() {
    tally.miss();
    return this;
  }

  public Outcome<K, V, R> hitIf(boolean found) {
    return found ? hit() : miss();
  }

  public Outcome<K, V, R> put() {
    tally.put();
    return this;
  }

  public Outcome<K, V, R> removal() {
    tally.removal();
    return this;
  }

  @SuppressWarnings("NullAway") // It is null only where R allows null.
  R result() {
    return result;
  }

  @Nullable RuntimeException failure() {
    return failure;
  }

  Change<V> change() {
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
      tally.forgetPuts();
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

  Tally tally() {
    return tally;
  }
}
