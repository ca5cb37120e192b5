package org.jcachememcached.internal.operation;

import java.time.Duration;
import java.util.Set;
import javax.cache.event.EventType;
import org.jcachememcached.api.EntryOptions;
import org.jcachememcached.internal.event.EventDispatcher;
import org.jcachememcached.internal.expiry.Expiry;
import org.jcachememcached.internal.integration.CacheLoaderAdapter;
import org.jcachememcached.internal.integration.TypeCheck;
import org.jcachememcached.internal.management.Statistics;
import org.jcachememcached.internal.store.Command;
import org.jspecify.annotations.Nullable;

/**
 * What the operations need to know of their cache. Thread-safe.
 *
 * <p>The {@code ...Blindly} methods define when an operation may be one command that is sent
 * without reading the old entry. They depend on the configuration, which never changes, and on
 * whether there are listeners or statistics. With a writer no operation is blind: only a read and a
 * conditional store ensure that the value of the last call of the writer is the stored one. A blind
 * command cannot find out whether there was an entry: the stored item may be a tombstone, expired,
 * or undecodable.
 */
public final class OperationContext<K, V> {

  private final Expiry expiry;
  private final EventDispatcher<K, V> listeners;
  private final @Nullable CacheLoaderAdapter<K, V> readThrough;
  private final boolean writeThrough;
  private final TypeCheck<V> values;
  private final Statistics statistics;
  private final boolean leasesInvocations;
  private final Refreshing<K, V> refreshing;
  private final Set<String> tags;

  /**
   * @param readThrough the loader for absent entries, or null if the cache does not read through
   * @param writeThrough whether a writer is called for every change
   * @param values checks the type of new values
   * @param statistics the statistics, which may be disabled
   * @param leasesInvocations whether an entry processor runs on an absent entry under a lease
   * @param refreshing how entries are loaded anew in the background
   */
  public OperationContext(
      Expiry expiry,
      EventDispatcher<K, V> listeners,
      @Nullable CacheLoaderAdapter<K, V> readThrough,
      boolean writeThrough,
      TypeCheck<V> values,
      Statistics statistics,
      boolean leasesInvocations,
      Refreshing<K, V> refreshing) {
    this(
        expiry,
        listeners,
        readThrough,
        writeThrough,
        values,
        statistics,
        leasesInvocations,
        refreshing,
        Set.of());
  }

  private OperationContext(
      Expiry expiry,
      EventDispatcher<K, V> listeners,
      @Nullable CacheLoaderAdapter<K, V> readThrough,
      boolean writeThrough,
      TypeCheck<V> values,
      Statistics statistics,
      boolean leasesInvocations,
      Refreshing<K, V> refreshing,
      Set<String> tags) {
    this.expiry = expiry;
    this.listeners = listeners;
    this.readThrough = readThrough;
    this.writeThrough = writeThrough;
    this.values = values;
    this.statistics = statistics;
    this.leasesInvocations = leasesInvocations;
    this.refreshing = refreshing;
    this.tags = tags;
  }

  /** The same for an operation that sets options of its own for the entry that it stores. */
  public OperationContext<K, V> with(EntryOptions options) {
    if (options.equals(EntryOptions.none())) {
      return this;
    }
    Expiry ofEntry = options.expiry().map(expiry::withDuration).orElse(expiry);
    return new OperationContext<>(
        ofEntry,
        listeners,
        readThrough,
        writeThrough,
        values,
        statistics,
        leasesInvocations,
        refreshing,
        options.tags());
  }

  /** The tags of the entry that an operation stores. */
  Set<String> tags() {
    return tags;
  }

  Expiry expiry() {
    return expiry;
  }

  /** The loader for absent entries, or null if the cache does not read through. */
  public @Nullable CacheLoaderAdapter<K, V> readThrough() {
    return readThrough;
  }

  /** Whether an entry processor runs on an absent entry under a lease. */
  boolean leasesInvocations() {
    return leasesInvocations;
  }

  /** How entries are loaded anew in the background. */
  public Refreshing<K, V> refreshing() {
    return refreshing;
  }

  /** Whether values are served for some time after their deadline. */
  boolean servesStale() {
    return refreshing.rules().staleForMillis() > 0;
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

  /**
   * Whether entries expire when the store drops them, so that a read can move the deadline: that is
   * precise enough for the policy, and no listener wants the event.
   */
  public boolean endsAtStore() {
    return expiry.isLeftToStore() && !hasListenersFor(EventType.EXPIRED);
  }

  /**
   * Until when a read that is an access lets the store keep what it finds, or {@link
   * Command.Get#UNCHANGED}.
   *
   * @param now the time before the read, in milliseconds since the epoch
   */
  long keepUntilOnAccess(long now) {
    return endsAtStore() ? expiry.onAccess(now, Command.Get.UNCHANGED) : Command.Get.UNCHANGED;
  }

  /** Whether the store may keep the deadline of an entry that expires after that duration. */
  boolean isLeftToStore(Duration duration) {
    return expiry.isLeftToStore(duration) && !hasListenersFor(EventType.EXPIRED);
  }

  /** Whether the result of a write is the same with and without a previous entry. */
  boolean putsBlindly() {
    return expiry.isSameForCreationAndUpdate() && isUnobserved();
  }

  /** Whether a new entry needs neither the expiry policy nor listeners nor the writer. */
  boolean createsBlindly() {
    return expiry.isCreationKnown() && isUnobserved();
  }

  /** Whether an update needs nothing but the value that there is. */
  boolean updatesBlindly() {
    return expiry.isKeptOnUpdate() && isUnobserved();
  }

  /** Whether the previous entry makes no difference, if the caller does not ask for it. */
  public boolean removesBlindly() {
    return isUnobserved() && !statistics.isEnabled();
  }

  private boolean isUnobserved() {
    return !writeThrough && listeners.isEmpty();
  }
}
