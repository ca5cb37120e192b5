package org.jcachememcached.micrometer;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import javax.cache.Cache;

/**
 * What an observation knows of its call, for handlers, filters and conventions of the application.
 * Thread-safe like the context that it extends: the cache and the operation do not change.
 */
public final class MemcachedCallContext extends SenderContext<Object> {

  private final Cache<?, ?> cache;
  private final String operation;

  MemcachedCallContext(Cache<?, ?> cache, String operation) {
    // memcached has no place for the identity of a trace.
    super((carrier, key, value) -> {}, Kind.CLIENT);
    this.cache = cache;
    this.operation = operation;
    setRemoteServiceName("memcached");
  }

  /** The cache that was called; it may be closed meanwhile. */
  public Cache<?, ?> getCache() {
    return cache;
  }

  /** The name of the method, for example {@code getAll}. */
  public String getOperation() {
    return operation;
  }
}
