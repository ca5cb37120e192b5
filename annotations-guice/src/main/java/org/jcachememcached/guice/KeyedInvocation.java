package org.jcachememcached.guice;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import org.aopalliance.intercept.MethodInvocation;
import org.jsr107.ri.annotations.AbstractInternalCacheKeyInvocationContext;
import org.jsr107.ri.annotations.StaticCacheKeyInvocationContext;

/** One call of a method whose arguments make a key. For the thread that makes the call. */
final class KeyedInvocation<A extends Annotation>
    extends AbstractInternalCacheKeyInvocationContext<MethodInvocation, A> {

  KeyedInvocation(StaticCacheKeyInvocationContext<A> method, MethodInvocation invocation) {
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
