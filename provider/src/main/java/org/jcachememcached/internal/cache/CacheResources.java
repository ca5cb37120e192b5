package org.jcachememcached.internal.cache;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import javax.cache.configuration.Factory;
import org.jcachememcached.internal.jcache.GivenInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of an application that are closed with the cache: loaders, writers, expiry policies,
 * listeners and filters that factories have created and that are {@link Closeable}. The last one is
 * closed first. Thread-safe.
 */
final class CacheResources {

  private static final Logger LOG = LoggerFactory.getLogger(CacheResources.class);

  private final List<Object> owned = new ArrayList<>();

  /** Adds an object to be closed. */
  synchronized <T> T own(T resource) {
    owned.add(resource);
    return resource;
  }

  /** An object of that factory, to be closed unless the application has given the object. */
  <T> T create(Factory<T> factory) {
    T created = factory.create();
    return GivenInstance.isFrom(factory) ? created : own(created);
  }

  /** Closes all objects. */
  void close() {
    closeWith(List.of());
  }

  /**
   * Closes all objects, and before them some that were created later: each once, even if another
   * one fails.
   */
  void closeWith(Collection<Object> later) {
    List<Object> all;
    synchronized (this) {
      all = new ArrayList<>(owned);
      owned.clear();
    }
    all.addAll(later);
    close(all);
  }

  /** Closes the objects that are closeable, each once, the last one first. */
  static void close(Collection<Object> resources) {
    List<Object> lastFirst = new ArrayList<>(resources);
    Collections.reverse(lastFirst);
    Set<Object> closed = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Object resource : lastFirst) {
      if (closed.add(resource) && resource instanceof Closeable closeable) {
        close(closeable);
      }
    }
  }

  private static void close(Closeable resource) {
    try {
      resource.close();
    } catch (Throwable e) {
      LOG.warn("{} could not be closed", resource.getClass().getName(), e);
    }
  }
}
