package org.jcachememcached.internal.operation;

import java.util.Arrays;
import javax.cache.CacheException;
import org.jcachememcached.internal.engine.BlindWrite;
import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jcachememcached.internal.store.Command.Append.Side;
import org.jcachememcached.internal.store.Reply;
import org.jspecify.annotations.Nullable;

/**
 * {@code append} and {@code prepend} of text or bytes. The store does it by itself where the item
 * of an entry is nothing but its value. For one call; not thread-safe.
 */
public final class Append<K, V> extends EntryOperation<K, V, Boolean> {

  private final V part;
  private final Side side;

  /**
   * @param part a String or a byte array
   */
  public Append(OperationContext<K, V> context, K key, V part, Side side) {
    super(context, key);
    this.part = part;
    this.side = side;
  }

  /** Whether a cache may have values to which that one can be appended. */
  public static boolean isPossible(Class<?> valueType, Object part) {
    boolean isOfCache =
        valueType.isAssignableFrom(String.class) || valueType.isAssignableFrom(byte[].class);
    return isOfCache && (part instanceof String || part instanceof byte[]);
  }

  @Override
  public @Nullable BlindWrite<K, V, Boolean> blindWrite(long now) {
    return context.updatesBlindly() ? BlindWrite.append(part, side, Append::verdict) : null;
  }

  private static <K, V> @Nullable Outcome<K, V, Boolean> verdict(Reply reply) {
    // If it is not stored, there is no entry, or it would become too large.
    return reply.status() == Reply.Status.DONE ? Outcome.<K, V, Boolean>of(true).hit().put() : null;
  }

  @Override
  public Outcome<K, V, Boolean> apply(Snapshot<V> entry, long now) {
    if (!entry.isLive()) {
      return missing(entry, false).miss();
    }
    V value = entry.value();
    return value.getClass() == part.getClass()
        ? update(entry, joined(value), now, true).keepingEntry().hit()
        : Outcome.failing(otherType(value));
  }

  @SuppressWarnings("unchecked") // It has the type of the part, which is a value.
  private V joined(V value) {
    return (V) (side == Side.BACK ? joined(value, part) : joined(part, value));
  }

  private static Object joined(Object front, Object back) {
    return front instanceof byte[] bytes ? joined(bytes, (byte[]) back) : front + (String) back;
  }

  private static byte[] joined(byte[] front, byte[] back) {
    byte[] both = Arrays.copyOf(front, front.length + back.length);
    System.arraycopy(back, 0, both, front.length, back.length);
    return both;
  }

  private CacheException otherType(V value) {
    return new CacheException(
        "The value of '%s' is a %s, to which a %s cannot be appended: both must be String or byte[]"
            .formatted(key(), value.getClass().getName(), part.getClass().getName()));
  }
}
