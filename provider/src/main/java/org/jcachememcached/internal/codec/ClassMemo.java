package org.jcachememcached.internal.codec;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What was found out about classes, remembered until the next garbage collection. It keeps neither
 * a class nor what is known of it alive, whichever of the two class loaders is the parent: a {@link
 * ClassValue} would tie its values to the classes of the JDK. Thread-safe.
 */
public final class ClassMemo<V> {

  private final Function<Class<?>, V> finder;
  private volatile WeakReference<Map<Class<?>, V>> known = new WeakReference<>(null);

  /**
   * @param finder finds it out; called again when it was forgotten
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
