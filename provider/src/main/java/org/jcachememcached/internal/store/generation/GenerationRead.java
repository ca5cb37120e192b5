package org.jcachememcached.internal.store.generation;

import java.util.Objects;
import org.jcachememcached.internal.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The result of reading the generation: either the generation or the reason why it is unknown.
 * Immutable.
 */
record GenerationRead(@Nullable Generation generation, @Nullable StoreException failure) {

  static GenerationRead of(Generation generation) {
    return new GenerationRead(generation, null);
  }

  static GenerationRead failed(StoreException failure) {
    return new GenerationRead(null, failure);
  }

  /** The generation, if reading did not fail. */
  Generation get() {
    return Objects.requireNonNull(generation);
  }
}
