package org.jcachememcached.store.generation;

import java.util.Objects;
import org.jcachememcached.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking for the generation: either it or the reason why it is not known. Immutable.
 */
record Reading(@Nullable Generation generation, @Nullable StoreException failure) {

  static Reading of(Generation generation) {
    return new Reading(generation, null);
  }

  static Reading failed(StoreException failure) {
    return new Reading(null, failure);
  }

  /** The generation, of a reading that did not fail. */
  Generation get() {
    return Objects.requireNonNull(generation);
  }
}
