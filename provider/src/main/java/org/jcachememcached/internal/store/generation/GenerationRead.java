package org.jcachememcached.internal.store.generation;

import java.util.Objects;
import org.jcachememcached.internal.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking for the generation: either it or the reason why it is not known. Immutable.
 */
record GenerationRead(@Nullable Generation generation, @Nullable StoreException failure) {

  static GenerationRead of(Generation generation) {
    return new GenerationRead(generation, null);
  }

  static GenerationRead failed(StoreException failure) {
    return new GenerationRead(null, failure);
  }

  /** The generation, of a reading that did not fail. */
  Generation get() {
    return Objects.requireNonNull(generation);
  }
}
