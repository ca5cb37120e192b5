package org.jcachememcached.internal.codec;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A cache of what is computed from classes, kept until the next garbage collection. It retains
 * neither a class nor its value, whichever of the two class loaders is the parent: a {@link
 * ClassValue} would tie its values to the classes of the JDK. Thread-safe.
 */
public final class ClassMemo<V> {

  private final Function<Class<?>, V> finder;
  private volatile WeakReference<Map<Class<?>, V>> known = new WeakReference<>(null);

  /**
   * @param finder computes the value of a class; called again after a garbage collection
   */
  public ClassMemo(Function<Class<?>, V> finder) {
    this.finder = finder;
  }

  public V get(Class<?> type) {
    Map<Class<?>, V> map = known.get();
    if (map == null) {
      map = new ConcurrentHashMap<>();
      known = new WeakReference<>(map);
    }
    V value = map.get(type);
    if (value == null) {
      value = finder.apply(type);
      map.put(type, value);
    }
    return value;
  }
}
