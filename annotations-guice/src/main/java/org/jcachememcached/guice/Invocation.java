package org.jcachememcached.guice;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import org.aopalliance.intercept.MethodInvocation;
import org.jsr107.ri.annotations.AbstractInternalCacheInvocationContext;
import org.jsr107.ri.annotations.StaticCacheInvocationContext;

/** One call of a method that has no key. For the thread that makes the call. */
final class Invocation<A extends Annotation>
    extends AbstractInternalCacheInvocationContext<MethodInvocation, A> {

  Invocation(StaticCacheInvocationContext<A> method, MethodInvocation invocation) {
    super(method, invocation);
  }

  @Override
  protected Object[] getParameters(MethodInvocation invocation) {
    return invocation.getArguments();
  }

  @Override
  protected Method getMethod(MethodInvocation invocation) {
    return invocation.getMethod();
  }

  @Override
  protected Object getTarget(MethodInvocation invocation) {
    return invocation.getThis();
  }
}
