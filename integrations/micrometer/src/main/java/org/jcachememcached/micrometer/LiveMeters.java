package org.jcachememcached.micrometer;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The registered meters of sources that come and go, by the names of the sources. Does not keep a
 * source from being garbage collected. Not thread-safe.
 *
 * @param <T> the type of sources
 */
final class LiveMeters<T> {

  private final Function<String, MeterGroup> groups;
  private final Registration<T> registration;
  private final Map<String, Shown<T>> shown = new HashMap<>();

  /** Adds the meters of a source to its group. */
  @FunctionalInterface
  interface Registration<T> {
    void register(MeterGroup group, T source);
  }

  private record Shown<T>(WeakReference<T> source, MeterGroup meters) {

    boolean isOf(@Nullable T other) {
      return other != null && source.refersTo(other);
    }
  }

  /**
   * @param groups an empty group for the source of that name
   * @param registration adds the meters of the source
   */
  LiveMeters(Function<String, MeterGroup> groups, Registration<T> registration) {
    this.groups = groups;
    this.registration = registration;
  }

  /**
   * Removes the meters of sources that are not there any more, and registers those of new ones. A
   * source that has the name of another one takes its place.
   */
  void show(Map<String, T> now) {
    Iterator<Map.Entry<String, Shown<T>>> entries = shown.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, Shown<T>> entry = entries.next();
      if (!entry.getValue().isOf(now.get(entry.getKey()))) {
        entry.getValue().meters().remove();
        entries.remove();
      }
    }
    now.forEach((name, source) -> shown.computeIfAbsent(name, added -> registered(added, source)));
  }

  private Shown<T> registered(String name, T source) {
    MeterGroup meters = groups.apply(name);
    try {
      registration.register(meters, source);
    } catch (RuntimeException e) {
      meters.remove();
      throw e;
    }
    return new Shown<>(new WeakReference<>(source), meters);
  }
}
