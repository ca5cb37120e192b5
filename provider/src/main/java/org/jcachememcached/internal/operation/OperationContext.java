package org.jcachememcached.internal.operation;

import javax.cache.event.EventType;
import org.jcachememcached.internal.event.EventDispatcher;
import org.jcachememcached.internal.expiry.Expiry;
import org.jcachememcached.internal.integration.CacheLoaderAdapter;
import org.jcachememcached.internal.integration.TypeCheck;
import org.jcachememcached.internal.management.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * What operations have to know of their cache. Thread-safe.
 *
 * <p>The three {@code …Blindly} context say when an operation may be one command without a look at
 * the old entry. They follow from the configuration, which never changes, and from whether anybody
 * listens or counts. With a writer nothing is blind: only a look and a conditional store make the
 * last call of the writer the stored value's. Whether there was an entry, no blind command can
 * tell: what is stored may be a tombstone, expired, or undecodable.
 */
public final class OperationContext<K, V> {

  private final Expiry expiry;
  private final EventDispatcher<K, V> listeners;
  private final @Nullable CacheLoaderAdapter<K, V> readThrough;
  private final boolean writeThrough;
  private final TypeCheck<V> values;
  private final Statistics statistics;

  /**
   * @param readThrough the loader that answers for absent entries, if one does
   * @param writeThrough whether a writer is told of every change
   * @param values holds values to the configured type
   * @param statistics counts what happens, if it is enabled
   */
  public OperationContext(
      Expiry expiry,
      EventDispatcher<K, V> listeners,
      @Nullable CacheLoaderAdapter<K, V> readThrough,
      boolean writeThrough,
      TypeCheck<V> values,
      Statistics statistics) {
    this.expiry = expiry;
    this.listeners = listeners;
    this.readThrough = readThrough;
    this.writeThrough = writeThrough;
    this.values = values;
    this.statistics = statistics;
  }

  Expiry expiry() {
    return expiry;
  }

  /** The loader for absent entries, or null if the cache does not read through. */
  public @Nullable CacheLoaderAdapter<K, V> readThrough() {
    return readThrough;
  }

  boolean writesThrough() {
    return writeThrough;
  }

  TypeCheck<V> values() {
    return values;
  }

  boolean hasListenersFor(EventType type) {
    return listeners.hasListenersFor(type);
  }

  /** A write ends the same whether or not there was an entry before. */
  boolean putsBlindly() {
    return expiry.isSameForCreationAndUpdate() && isUnobserved();
  }

  /** A new entry needs no question to the policy, to listeners or to the writer. */
  boolean createsBlindly() {
    return expiry.isCreationKnown() && isUnobserved();
  }

  /** Whether there was an entry makes no difference to anybody, if the caller does not ask. */
  public boolean removesBlindly() {
    return isUnobserved() && !statistics.isEnabled();
  }

  private boolean isUnobserved() {
    return !writeThrough && listeners.isEmpty();
  }
}
