package org.jcachememcached.internal.jcache;

import javax.cache.configuration.Factory;

/**
 * The factory of an object that belongs to the application: a cache uses it and does not close it.
 * Serializable if the object is. Immutable; two factories of equal objects are equal.
 */
public record GivenInstance<T>(T instance) implements Factory<T> {

  @Override
  public T create() {
    return instance;
  }

  /** Whether what a factory creates belongs to the application. */
  public static boolean isFrom(Factory<?> factory) {
    return factory instanceof GivenInstance<?>;
  }
}
