package org.jcachememcached.internal.integration;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A question to the application that is asked once, however often the answer is needed; a failure
 * is an answer too. Not thread-safe.
 */
final class Memoized<T extends @Nullable Object> {

  private final Supplier<T> question;
  private @Nullable Supplier<T> answer;

  Memoized(Supplier<T> question) {
    this.question = question;
  }

  /** The answer, or what the first try has thrown. */
  T get() {
    if (answer == null) {
      answer = ask();
    }
    return answer.get();
  }

  private Supplier<T> ask() {
    try {
      T value = question.get();
      return () -> value;
    } catch (RuntimeException e) {
      return () -> {
        throw e;
      };
    } catch (Error e) {
      return () -> {
        throw e;
      };
    }
  }
}
