package org.jcachememcached.internal.operation;

import java.util.OptionalLong;
import javax.cache.CacheException;
import org.jcachememcached.internal.engine.BlindWrite;
import org.jcachememcached.internal.engine.Counting;
import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jcachememcached.internal.expiry.Expiry;
import org.jcachememcached.internal.store.Command.Count.Direction;
import org.jcachememcached.internal.store.Command.Count.Initial;
import org.jcachememcached.internal.store.Reply;
import org.jspecify.annotations.Nullable;

/**
 * {@code increment} and {@code decrement}. The store counts by itself where the values are Longs
 * and the entry is nothing but digits; otherwise the entry is read, and stored in that form, so
 * that the next call needs no read. For one call; not thread-safe.
 */
public final class Count<K, V> extends EntryOperation<K, V, OptionalLong> {

  /**
   * The largest number that the store adds by itself. As long as fewer than 2^23 calls at a time
   * exceed the largest Long, the number of the store stays below 2^64, and they can be taken back.
   */
  private static final long MOST_ADDED_BLINDLY = 1L << 40;

  private final WholeNumbers<V> numbers;
  private final Direction direction;
  private final long delta;
  private final OptionalLong initial;
  private final Expiry ofNew;

  /**
   * @param delta how much to add or to subtract; not negative
   * @param initial the number of a new entry; empty to create none
   * @param ofNew the context for a new entry, with its options
   */
  public Count(
      OperationContext<K, V> context,
      K key,
      WholeNumbers<V> numbers,
      Direction direction,
      long delta,
      OptionalLong initial,
      OperationContext<K, V> ofNew) {
    super(context, key);
    this.numbers = numbers;
    this.direction = direction;
    this.delta = delta;
    this.initial = initial;
    this.ofNew = ofNew.expiry();
  }

  @Override
  public @Nullable BlindWrite<K, V, OptionalLong> blindWrite(long now) {
    if (!isCountedByStore()
        || delta > MOST_ADDED_BLINDLY
        || (initial.isPresent() && !ofNew.isCreationKnown())) {
      return null;
    }
    Initial created =
        initial.isPresent() ? new Initial(initial.getAsLong(), ofNew.onCreation(now)) : null;
    return BlindWrite.count(new Counting(direction, delta, created), this::verdict);
  }

  /** Whether the number has to be stored so that the store can count. */
  private boolean isCountedByStore() {
    return context.updatesBlindly() && numbers.type() == Long.class;
  }

  private @Nullable Outcome<K, V, OptionalLong> verdict(Reply reply) {
    return switch (reply.status()) {
      case COUNTED -> counted(reply.number());
      case ABSENT -> initial.isPresent() ? null : nothing();
      default -> null;
    };
  }

  private Outcome<K, V, OptionalLong> counted(long number) {
    if (number < 0) {
      return exceeding(direction == Direction.UP ? number - delta : number);
    }
    // The store does not say whether it has created the number.
    boolean isCreated = initial.isPresent() && initial.getAsLong() == number;
    return Outcome.<K, V, OptionalLong>of(OptionalLong.of(number)).hitIf(!isCreated).put();
  }

  private static <K, V> Outcome<K, V, OptionalLong> nothing() {
    return Outcome.<K, V, OptionalLong>of(OptionalLong.empty()).miss();
  }

  @Override
  public Outcome<K, V, OptionalLong> apply(Snapshot<V> entry, long now) {
    if (!entry.isLive()) {
      return initial.isPresent() ? create(entry, now) : missing(entry, OptionalLong.empty()).miss();
    }
    V value = entry.value();
    return numbers.contains(value)
        ? count(entry, ((Number) value).longValue(), now)
        : Outcome.failing(notWhole(value));
  }

  private Outcome<K, V, OptionalLong> create(Snapshot<V> entry, long now) {
    V value = numbers.value(initial.getAsLong());
    return countable(create(entry, value, ofNew.onCreation(now), now, initial)).miss();
  }

  private Outcome<K, V, OptionalLong> count(Snapshot<V> entry, long before, long now) {
    if (direction == Direction.UP && before > numbers.max() - delta) {
      return exceeding(before);
    }
    long after = direction == Direction.UP ? before + delta : decremented(before);
    return countable(update(entry, numbers.value(after), now, OptionalLong.of(after))).hit();
  }

  /** As in memcached, it stops at 0; what is below stays as it is. */
  private long decremented(long before) {
    return before <= 0 ? before : Math.max(0, before - delta);
  }

  private Outcome<K, V, OptionalLong> countable(Outcome<K, V, OptionalLong> outcome) {
    return isCountedByStore() ? outcome.countable() : outcome;
  }

  private Outcome<K, V, OptionalLong> exceeding(long before) {
    String message =
        "The counter '%s' is %s and stays so: %s %d would exceed %d, the largest %s"
            .formatted(
                key(),
                Long.toUnsignedString(before),
                direction == Direction.UP ? "adding" : "subtracting",
                delta,
                numbers.max(),
                numbers.type().getSimpleName());
    return Outcome.failing(new CacheException(message, new ArithmeticException(message)));
  }

  private CacheException notWhole(V value) {
    return new CacheException(
        "The value of '%s' is a %s, which cannot be counted: it must be a Long, Integer, Short or Byte"
            .formatted(key(), value.getClass().getName()));
  }
}
