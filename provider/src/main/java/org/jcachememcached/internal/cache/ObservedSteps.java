package org.jcachememcached.internal.cache;

import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jcachememcached.api.CallObserver.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The steps of an asynchronous call that is observed. Each runs in a scope of the call; what
 * depends on the result of the call runs outside of it, although the last step starts it.
 * Thread-safe.
 */
final class ObservedSteps implements Executor {

  /** The innermost step that this thread carries out. */
  private static final ThreadLocal<@Nullable Step> CURRENT = new ThreadLocal<>();

  private final ObservedCall call;
  private final Executor executor;

  /**
   * @param executor runs all steps but the first
   */
  ObservedSteps(ObservedCall call, Executor executor) {
    this.call = call;
    this.executor = executor;
  }

  /** Runs the first step; if it throws an exception, the call has ended. */
  <R> R first(Supplier<R> work) {
    Step step = new Step(this, call.enter(), CURRENT.get());
    try {
      return step.run(work);
    } catch (Throwable e) {
      call.end(e);
      throw e;
    }
  }

  @Override
  public void execute(Runnable work) {
    executor.execute(() -> next(work));
  }

  private void next(Runnable work) {
    Step step = new Step(this, call.enter(), CURRENT.get());
    step.run(
        () -> {
          work.run();
          return true;
        });
  }

  /**
   * The call has ended, in one of its steps or in another thread.
   *
   * @param failure what the caller gets; null for success
   */
  void end(@Nullable Throwable failure) {
    for (Step step = CURRENT.get(); step != null && step.steps == this; step = step.outer) {
      step.leave();
    }
    call.end(failure);
  }

  /** One step in one thread, perhaps within another one. */
  private static final class Step {

    private final ObservedSteps steps;
    private final Scope scope;
    private final @Nullable Step outer;
    private boolean left;

    Step(ObservedSteps steps, Scope scope, @Nullable Step outer) {
      this.steps = steps;
      this.scope = scope;
      this.outer = outer;
    }

    <R> R run(Supplier<R> work) {
      CURRENT.set(this);
      try {
        return work.get();
      } finally {
        leave();
        restore();
      }
    }

    private void restore() {
      if (outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(outer);
      }
    }

    void leave() {
      if (!left) {
        left = true;
        scope.close();
      }
    }
  }
}
