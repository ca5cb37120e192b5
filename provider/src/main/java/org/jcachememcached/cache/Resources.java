package org.jcachememcached.cache;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an application gave to a cache and wants closed with it: loaders, writers, expiry policies,
 * listeners and filters that are {@link Closeable}. Thread-safe.
 */
final class Resources {

  private static final Logger LOG = LoggerFactory.getLogger(Resources.class);

  private final List<Object> owned = new ArrayList<>();

  /** Remembers what is to be closed in the end. */
  synchronized <T> T own(T resource) {
    owned.add(resource);
    return resource;
  }

  /** Closes what is owned, and more: what can be closed, once, even if another fails. */
  void closeWith(Collection<Object> more) {
    Set<Object> all = Collections.newSetFromMap(new IdentityHashMap<>());
    synchronized (this) {
      all.addAll(owned);
      owned.clear();
    }
    all.addAll(more);
    close(all);
  }

  /** Closes what can be closed. */
  static void close(Collection<Object> resources) {
    for (Object resource : resources) {
      if (resource instanceof Closeable closeable) {
        close(closeable);
      }
    }
  }

  private static void close(Closeable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      LOG.warn("{} could not be closed", resource, e);
    }
  }
}
