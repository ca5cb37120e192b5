package org.jcachememcached.internal.codec.serialization;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the references that are followed when {@code hashCode} is called on a collection and all
 * collections in it, as happens when it is read into a hash table. A shared part counts each time:
 * thirty sets that contain the previous one twice take a thousand bytes and a billion steps. The
 * count is taken while the parts of one object are read, from the innermost outwards, so that it is
 * known before a hash code is computed. Not thread-safe.
 *
 * <p>Only collections of the JDK are counted: others would run code of their own.
 */
final class CollectionWalk {

  private static final String JDK_COLLECTIONS = "java.util.";

  private final IdentityHashMap<Object, Long> lengths = new IdentityHashMap<>();
  private final long limit;

  CollectionWalk(long limit) {
    this.limit = limit;
  }

  /** Counts an object that has been read; false if the count exceeds the limit. */
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
      // A view of a collection that is still being read; that collection is counted itself.
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
