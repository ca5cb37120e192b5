package org.jcachememcached;

import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The managers of one provider by class loader and URI. A manager references classes of its loader,
 * so a strong reference to the manager keeps the loader reachable; therefore the managers are
 * attached to a class that the loader itself defines, and become unreachable with it, whether or
 * not they were closed. Thread-safe.
 */
final class OpenManagers {

  /** Attaches the managers of a loader to a class of it. */
  private final ClassValue<Map<URI, MemcachedCacheManager>> ofClass =
      new ClassValue<>() {
        @Override
        protected Map<URI, MemcachedCacheManager> computeValue(Class<?> type) {
          return new HashMap<>();
        }
      };

  private final Map<ClassLoader, WeakReference<Map<URI, MemcachedCacheManager>>> ofLoaders =
      new WeakHashMap<>();

  /** The open manager of the loader and the URI, created now if there is none. */
  synchronized MemcachedCacheManager get(
      ClassLoader loader, URI uri, Supplier<MemcachedCacheManager> maker) {
    Map<URI, MemcachedCacheManager> managers = find(loader);
    if (managers == null) {
      managers = ofClass.get(classOf(loader));
      ofLoaders.put(loader, new WeakReference<>(managers));
    }
    return managers.compute(
        uri, (key, manager) -> manager == null || manager.isClosed() ? maker.get() : manager);
  }

  synchronized List<MemcachedCacheManager> all() {
    List<MemcachedCacheManager> all = new ArrayList<>();
    new ArrayList<>(ofLoaders.keySet()).forEach(loader -> all.addAll(all(loader)));
    return all;
  }

  synchronized List<MemcachedCacheManager> all(ClassLoader loader) {
    Map<URI, MemcachedCacheManager> managers = find(loader);
    return managers == null ? List.of() : List.copyOf(managers.values());
  }

  synchronized void remove(MemcachedCacheManager manager) {
    for (ClassLoader loader : new ArrayList<>(ofLoaders.keySet())) {
      Map<URI, MemcachedCacheManager> managers = find(loader);
      if (managers != null && managers.remove(manager.getURI(), manager) && managers.isEmpty()) {
        ofLoaders.remove(loader);
        ofClass.remove(classOf(loader));
      }
    }
  }

  private @Nullable Map<URI, MemcachedCacheManager> find(ClassLoader loader) {
    WeakReference<Map<URI, MemcachedCacheManager>> managers = ofLoaders.get(loader);
    return managers == null ? null : managers.get();
  }

  /** A class that the loader defines, always the same. */
  private static Class<?> classOf(ClassLoader loader) {
    return Proxy.newProxyInstance(
            loader, new Class<?>[] {Runnable.class}, (proxy, method, arguments) -> null)
        .getClass();
  }
}
