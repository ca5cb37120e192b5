package org.jcachememcached.internal.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jcachememcached.api.CallObserver;
import org.jcachememcached.api.CallObserver.Scope;
import org.jspecify.annotations.Nullable;

/** One call, and what follows it. Thread-safe. */
final class ObservedCall {

  /** A call that nothing follows. */
  static final ObservedCall UNOBSERVED = new ObservedCall(List.of(), failure -> {});

  private static final Scope NO_SCOPE = () -> {};

  private final List<CallObserver.Call> followers;
  private final Consumer<RuntimeException> failures;

  /**
   * @param failures receives what the followers throw
   */
  ObservedCall(List<CallObserver.Call> followers, Consumer<RuntimeException> failures) {
    this.followers = followers;
    this.failures = failures;
  }

  boolean isUnobserved() {
    return followers.isEmpty();
  }

  /** Runs all of the call in this thread. */
  <R extends @Nullable Object> R run(Supplier<R> work) {
    Throwable failure = null;
    Scope scope = enter();
    try {
      return work.get();
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      scope.close();
      end(failure);
    }
  }

  /** This thread begins to work on the call; the scope throws nothing. */
  Scope enter() {
    if (isUnobserved()) {
      return NO_SCOPE;
    }
    List<Scope> scopes = new ArrayList<>(followers.size());
    for (CallObserver.Call follower : followers) {
      guarded(() -> scopes.add(follower.enter()));
    }
    return () -> {
      for (int i = scopes.size() - 1; i >= 0; i--) {
        guarded(scopes.get(i)::close);
      }
    };
  }

  /**
   * The call has ended.
   *
   * @param failure what the caller gets; null for success
   */
  void end(@Nullable Throwable failure) {
    for (CallObserver.Call follower : followers) {
      guarded(() -> follower.end(failure));
    }
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      failures.accept(e);
    }
  }
}
