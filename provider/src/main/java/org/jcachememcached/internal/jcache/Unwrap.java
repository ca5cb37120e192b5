package org.jcachememcached.internal.jcache;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The {@code unwrap} methods of JCache. Stateless. */
public final class Unwrap {

  private Unwrap() {}

  /**
   * The object itself, as the wanted type.
   *
   * @throws IllegalArgumentException if it is not of that type
   */
  public static <T> T to(Class<T> type, Object object) {
    return to(type, object, () -> null);
  }

  /**
   * The object itself, or else a part of it, as the wanted type.
   *
   * @param part the part of that type; null if there is none
   * @throws IllegalArgumentException if neither is of that type
   */
  public static <T> T to(Class<T> type, Object object, Supplier<@Nullable T> part) {
    T unwrapped = type.isInstance(object) ? type.cast(object) : part.get();
    if (unwrapped == null) {
      throw new IllegalArgumentException(
          "A %s cannot be unwrapped to %s"
              .formatted(object.getClass().getSimpleName(), type.getName()));
    }
    return unwrapped;
  }
}
