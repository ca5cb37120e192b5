package org.jcachememcached.internal.codec.serialization;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many references somebody meets who walks through a collection and all collections in it, as
 * {@code hashCode} does, and with it every hash table that is read: a part that is shared is walked
 * as often as it is met. Thirty sets of which each contains the one before twice are a thousand
 * bytes and a billion steps. Measured while the parts of one object are read, from the innermost
 * outwards, so that the walk is known before it is walked. Not thread-safe.
 *
 * <p>Only collections of the JDK are looked into: others run code of their own when asked.
 */
final class CollectionWalk {

  private static final String JDK_COLLECTIONS = "java.util.";

  private final IdentityHashMap<Object, Long> lengths = new IdentityHashMap<>();
  private final long limit;

  CollectionWalk(long limit) {
    this.limit = limit;
  }

  /** Takes note of an object that has been read; false when the walk through it is too long. */
  boolean admits(Object object) {
    if (!isCollection(object) || !object.getClass().getName().startsWith(JDK_COLLECTIONS)) {
      return true;
    }
    long length = lengthOf(object);
    lengths.put(object, length);
    return length <= limit;
  }

  private static boolean isCollection(@Nullable Object object) {
    return object instanceof Collection
        || object instanceof Map
        || object instanceof Map.Entry
        || object instanceof Optional;
  }

  private long lengthOf(Object collection) {
    try {
      if (collection instanceof Map<?, ?> map) {
        return lengthOfAll(map.entrySet());
      }
      if (collection instanceof Optional<?> optional) {
        return 1 + lengthOfElement(optional.orElse(null));
      }
      return collection instanceof Map.Entry<?, ?> entry
          ? 1 + lengthOfEntry(entry)
          : lengthOfAll((Collection<?>) collection);
    } catch (RuntimeException e) {
      // A view of a collection that is still being read, and that counts what it contains itself.
      return 1;
    }
  }

  private long lengthOfAll(Collection<?> elements) {
    long length = 1;
    for (Object element : elements) {
      length +=
          element instanceof Map.Entry<?, ?> entry && !lengths.containsKey(entry)
              ? lengthOfEntry(entry)
              : lengthOfElement(element);
      if (length > limit) {
        break;
      }
    }
    return length;
  }

  private long lengthOfEntry(Map.Entry<?, ?> entry) {
    return lengthOfElement(entry.getKey()) + lengthOfElement(entry.getValue());
  }

  private long lengthOfElement(@Nullable Object element) {
    return isCollection(element) ? lengths.getOrDefault(element, 1L) : 1;
  }
}
