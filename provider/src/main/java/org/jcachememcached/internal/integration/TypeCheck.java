package org.jcachememcached.internal.integration;

/**
 * The runtime type check of JSR-107 for what an application's own code hands to the cache where no
 * caller of the cache can be checked: values that a loader returns or an entry processor sets.
 * Immutable.
 *
 * @param type the configured type; {@code Object} allows all
 */
public record TypeCheck<T>(Class<T> type) {

  /** What the check ends with; told by its class from what the application's own code throws. */
  public static final class Failure extends ClassCastException {

    private static final long serialVersionUID = 1L;

    private Failure(String message) {
      super(message);
    }
  }

  /**
   * The object, if it is of the type.
   *
   * @throws Failure if it is not
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
