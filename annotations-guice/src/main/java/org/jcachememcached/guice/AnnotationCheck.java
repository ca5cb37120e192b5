package org.jcachememcached.guice;

import com.google.inject.TypeLiteral;
import com.google.inject.spi.TypeEncounter;
import com.google.inject.spi.TypeListener;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;

/**
 * Refuses, when the injector meets a class, annotations that would have no effect or no meaning.
 * Thread-safe.
 */
final class AnnotationCheck implements TypeListener {

  private static final List<Class<? extends Annotation>> ANNOTATIONS =
      List.of(CacheResult.class, CachePut.class, CacheRemove.class, CacheRemoveAll.class);

  @Override
  public <T> void hear(TypeLiteral<T> literal, TypeEncounter<T> encounter) {
    Class<?> type = literal.getRawType();
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      refuseClass(c, encounter);
      for (Method method : c.getDeclaredMethods()) {
        if (isAnnotated(method) && !method.isSynthetic()) {
          problems(method, type).forEach(problem -> encounter.addError("%s: %s", method, problem));
        }
      }
    }
  }

  private static void refuseClass(Class<?> type, TypeEncounter<?> encounter) {
    annotationsOf(type)
        .forEach(
            name ->
                encounter.addError(
                    "%s: @%s belongs on methods; what all methods of a class share is said with @CacheDefaults",
                    type.getName(), name));
  }

  private static Stream<String> problems(Method method, Class<?> type) {
    return Stream.of(
            interception(method, type), annotations(method), values(method), result(method))
        .filter(problem -> !problem.isEmpty());
  }

  private static String interception(Method method, Class<?> type) {
    int modifiers = method.getModifiers();
    if (Modifier.isFinal(type.getModifiers())) {
      return "Guice cannot intercept methods of " + type.getName() + ", which is final";
    }
    if (Modifier.isPrivate(modifiers)
        || Modifier.isStatic(modifiers)
        || Modifier.isFinal(modifiers)) {
      return "Guice cannot intercept methods that are private, static or final";
    }
    return "";
  }

  private static String annotations(Method method) {
    List<String> names = annotationsOf(method).toList();
    return names.size() > 1 ? "only one of the annotations " + names + " is allowed" : "";
  }

  private static String values(Method method) {
    long values =
        Stream.of(method.getParameters())
            .filter((Parameter parameter) -> parameter.isAnnotationPresent(CacheValue.class))
            .count();
    long wanted = method.isAnnotationPresent(CachePut.class) ? 1 : 0;
    return values == wanted
        ? ""
        : "%d parameters have @CacheValue; %d must have it".formatted(values, wanted);
  }

  private static String result(Method method) {
    return method.isAnnotationPresent(CacheResult.class) && ReturnType.isUnsupported(method)
        ? "what a %s will hold cannot be cached; let the method return a CompletionStage or CompletableFuture"
            .formatted(method.getReturnType().getName())
        : "";
  }

  private static boolean isAnnotated(AnnotatedElement element) {
    return annotationsOf(element).findAny().isPresent();
  }

  private static Stream<String> annotationsOf(AnnotatedElement element) {
    return ANNOTATIONS.stream().filter(element::isAnnotationPresent).map(Class::getSimpleName);
  }
}
