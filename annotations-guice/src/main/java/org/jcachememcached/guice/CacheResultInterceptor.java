package org.jcachememcached.guice;

import com.google.inject.Inject;
import java.util.concurrent.CompletableFuture;
import javax.cache.annotation.CacheResult;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.jsr107.ri.annotations.CacheResultMethodDetails;
import org.jsr107.ri.annotations.InternalCacheKeyInvocationContext;

/** Answers the callers of {@code @CacheResult} methods. Thread-safe once it is injected. */
final class CacheResultInterceptor implements MethodInterceptor {

  @Inject
  @SuppressWarnings("NullAway.Init")
  private AnnotatedMethods methods;

  @Inject
  @SuppressWarnings("NullAway.Init")
  private FailurePolicy policy;

  private final Computing computing;

  CacheResultInterceptor(Computing computing) {
    this.computing = computing;
  }

  @Override
  public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
    ResultCall call = call(invocation);
    if (call == null) {
      return invocation.proceed();
    }
    return ReturnType.isStage(invocation.getMethod())
        ? stage(call).thenCompose(Outcome::stage)
        : value(call).get();
  }

  private Outcome value(ResultCall call) {
    return call.annotation().skipGet() ? storeAnew(call, call.run()) : computing.value(call);
  }

  private CompletableFuture<Outcome> stage(ResultCall call) {
    return call.annotation().skipGet()
        ? call.runStage().thenApply(outcome -> storeAnew(call, outcome))
        : computing.stage(call);
  }

  private static Outcome storeAnew(ResultCall call, Outcome outcome) {
    Computations.OF_THIS_JVM.outdate(call.entry());
    return call.store(outcome);
  }

  /** Null if there is no cache to answer from. */
  private @Nullable ResultCall call(MethodInvocation invocation) {
    InternalCacheKeyInvocationContext<?> context = methods.getCacheKeyInvocationContext(invocation);
    CacheResultMethodDetails method =
        (CacheResultMethodDetails) context.getStaticCacheKeyInvocationContext();
    GuardedCache cache =
        GuardedCache.open(context.getCacheName(), method.getCacheResolver(), context, policy);
    return cache == null
        ? null
        : new ResultCall(
            invocation,
            method.getCacheAnnotation(),
            cache,
            exceptions(method, context),
            method.getCacheKeyGenerator().generateCacheKey(context));
  }

  private @Nullable GuardedCache exceptions(
      CacheResultMethodDetails method, InternalCacheKeyInvocationContext<?> context) {
    CacheResult annotation = method.getCacheAnnotation();
    return method.getExceptionCacheResolver() == null
        ? null
        : GuardedCache.open(
            annotation.exceptionCacheName(), method.getExceptionCacheResolver(), context, policy);
  }
}
