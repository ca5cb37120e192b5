package org.jcachememcached.internal.integration;

/**
 * The runtime type check of JSR-107 for values that come from application code rather than from a
 * caller of the cache: returned by a loader or set by an entry processor. Immutable.
 *
 * @param type the configured type; {@code Object} allows all
 */
public record TypeCheck<T>(Class<T> type) {

  /**
   * The exception of a failed check; its class distinguishes it from exceptions of application
   * code.
   */
  public static final class Failure extends ClassCastException {

    private static final long serialVersionUID = 1L;

    private Failure(String message) {
      super(message);
    }
  }

  /**
   * The object, checked.
   *
   * @throws Failure if it is not of the type
   */
  public T require(Object object) {
    if (type.isInstance(object)) {
      return type.cast(object);
    }
    throw new Failure(
        "The value is a %s, this cache is configured for a %s"
            .formatted(object.getClass().getName(), type.getName()));
  }
}
