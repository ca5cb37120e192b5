package org.jcachememcached.internal.codec.canonical;

import java.io.Externalizable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;
import org.jcachememcached.internal.codec.ClassMemo;

/**
 * How a class is serialized. Immutable.
 *
 * @param runsCode whether the class has code of its own for it, so that an object that was read
 *     back may be serialized differently
 * @param resolves whether an object that is read back is replaced by another one
 * @param places the types of the fields, transient ones included: code of the class may assign
 *     those
 */
record SerialShape(boolean runsCode, boolean resolves, Set<Class<?>> places) {

  private static final String RESOLVES = "readResolve";
  private static final Set<String> HOOKS =
      Set.of("writeObject", "readObject", "writeReplace", RESOLVES);

  private static final ClassMemo<SerialShape> KNOWN = new ClassMemo<>(SerialShape::find);

  static SerialShape of(Class<?> type) {
    return KNOWN.get(type);
  }

  private static SerialShape find(Class<?> type) {
    boolean runsCode = Externalizable.class.isAssignableFrom(type);
    boolean resolves = false;
    Set<Class<?>> places = new HashSet<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Method method : each.getDeclaredMethods()) {
        runsCode |= HOOKS.contains(method.getName());
        resolves |= method.getName().equals(RESOLVES) && method.getParameterCount() == 0;
      }
      for (Field field : each.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          places.add(field.getType());
        }
      }
    }
    return new SerialShape(runsCode, resolves, Set.copyOf(places));
  }
}
