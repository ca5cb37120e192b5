package org.jcachememcached.operation;

import javax.cache.event.EventType;
import org.jcachememcached.event.Listeners;
import org.jcachememcached.expiry.Expiry;
import org.jcachememcached.integration.LoaderGate;
import org.jspecify.annotations.Nullable;

/**
 * What operations have to know of their cache. Thread-safe.
 *
 * <p>The three {@code …Blindly} rules say when an operation may be one command without a look at
 * the old entry. They follow from the configuration, which never changes, and from whether anybody
 * listens. With a writer nothing is blind: only a look and a conditional store make the last call
 * of the writer the stored value's.
 */
public final class Rules<K, V> {

  private final Expiry expiry;
  private final Listeners<K, V> listeners;
  private final @Nullable LoaderGate<K, V> readThrough;
  private final boolean writeThrough;

  /**
   * @param readThrough the loader that answers for absent entries, if one does
   * @param writeThrough whether a writer is told of every change
   */
  public Rules(
      Expiry expiry,
      Listeners<K, V> listeners,
      @Nullable LoaderGate<K, V> readThrough,
      boolean writeThrough) {
    this.expiry = expiry;
    this.listeners = listeners;
    this.readThrough = readThrough;
    this.writeThrough = writeThrough;
  }

  Expiry expiry() {
    return expiry;
  }

  @Nullable LoaderGate<K, V> readThrough() {
    return readThrough;
  }

  boolean writesThrough() {
    return writeThrough;
  }

  boolean hear(EventType type) {
    return listeners.hear(type);
  }

  /** A write ends the same whether or not there was an entry before. */
  boolean putsBlindly() {
    return expiry.isSameForCreationAndUpdate() && isUnobserved();
  }

  /** A new entry needs no question to the policy, to listeners or to the writer. */
  boolean createsBlindly() {
    return expiry.isCreationKnown() && isUnobserved();
  }

  /** Whatever is stored is live: a stored entry and an entry are the same thing. */
  public boolean judgesPresenceBlindly() {
    return expiry.isEternal() && isUnobserved();
  }

  private boolean isUnobserved() {
    return !writeThrough && listeners.isEmpty();
  }
}
