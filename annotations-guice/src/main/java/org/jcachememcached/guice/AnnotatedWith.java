package org.jcachememcached.guice;

import com.google.inject.matcher.AbstractMatcher;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;

/**
 * Matches the methods that have one of some annotations. Bridge methods, which have those of the
 * methods that they call, would be intercepted twice, so they do not match. Immutable.
 */
@SuppressWarnings("deprecation") // In Guice 5, no Matcher is complete without it.
final class AnnotatedWith extends AbstractMatcher<Method> {

  private final List<Class<? extends Annotation>> annotations;

  AnnotatedWith(List<Class<? extends Annotation>> annotations) {
    this.annotations = annotations;
  }

  @Override
  public boolean matches(Method method) {
    return !method.isSynthetic() && annotations.stream().anyMatch(method::isAnnotationPresent);
  }
}
