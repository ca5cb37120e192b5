package org.jcachememcached.internal.codec.canonical;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import org.jcachememcached.api.CodecException;
import org.jspecify.annotations.Nullable;

/** Reflective access to the classes of keys; exceptions name the class. Stateless. */
final class Reflection {

  private Reflection() {}

  static Constructor<?> constructor(Class<?> type, Class<?>... parameters) {
    try {
      return open(type.getDeclaredConstructor(parameters));
    } catch (NoSuchMethodException e) {
      throw new CodecException(type.getName() + " lacks the constructor that it had", e);
    }
  }

  static Field field(Class<?> type, String name) {
    try {
      return open(type.getDeclaredField(name));
    } catch (NoSuchFieldException e) {
      throw new CodecException(type.getName() + " lacks the field " + name, e);
    }
  }

  static <M extends AccessibleObject & Member> M open(M member) {
    try {
      member.setAccessible(true);
      return member;
    } catch (InaccessibleObjectException e) {
      Class<?> type = member.getDeclaringClass();
      throw new CodecException(
          type.getName() + " cannot be read: its module must open " + type.getPackageName(), e);
    }
  }

  static @Nullable Object invoke(Method method, Object target) {
    try {
      return method.invoke(target);
    } catch (InvocationTargetException e) {
      throw new CodecException(method + " failed: " + e.getCause(), e.getCause());
    } catch (IllegalAccessException e) {
      throw new CodecException(method + " cannot be called", e);
    }
  }

  static Object read(Field field, Object target) {
    try {
      return field.get(target);
    } catch (IllegalAccessException e) {
      throw new CodecException(field + " cannot be read", e);
    }
  }

  static Object construct(Constructor<?> constructor, @Nullable Object... arguments) {
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new CodecException(constructor + " failed: " + e.getCause(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new CodecException(constructor + " cannot be called", e);
    }
  }
}
