package org.jcachememcached.guice;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** Tells methods that return a value from those that return a stage of it. */
final class ReturnType {

  private ReturnType() {}

  /** Whether what the stage completes with is the value to cache. */
  static boolean isStage(Method method) {
    Class<?> type = method.getReturnType();
    return type == CompletionStage.class || type == CompletableFuture.class;
  }

  /** Whether the value comes later, but in a way that cannot be intercepted. */
  static boolean isUnsupported(Method method) {
    return isAsynchronous(method.getReturnType()) && !isStage(method);
  }

  static boolean isAsynchronous(Class<?> type) {
    return Future.class.isAssignableFrom(type) || CompletionStage.class.isAssignableFrom(type);
  }

  /** The class of the values that a method returns; of those of a stage nothing is known. */
  static Class<?> ofValues(Method method) {
    Class<?> type = method.getReturnType();
    if (isStage(method)) {
      return Object.class;
    }
    return type.isPrimitive() ? MethodType.methodType(type).wrap().returnType() : type;
  }
}
