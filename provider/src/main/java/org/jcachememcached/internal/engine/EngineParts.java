package org.jcachememcached.internal.engine;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jcachememcached.api.FailurePolicy;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.codec.key.EncodedKey;
import org.jcachememcached.internal.event.EventPublisher;
import org.jcachememcached.internal.integration.CacheWriterAdapter;
import org.jcachememcached.internal.near.NearMember;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.tag.TagItems;
import org.jspecify.annotations.Nullable;

/**
 * The collaborators of the engine of one cache. Immutable.
 *
 * @param tags the tags of the entries, which may be in another store
 * @param near keeps entries that were read, and has to know what changes
 * @param writer the writer, if the cache writes through; otherwise null
 * @param publisher publishes the events
 * @param onFailure what happens to a call when the store fails
 * @param leases how loads are coordinated between JVMs; null if they are not
 * @param degradations counts and logs calls that continue without the store
 */
public record EngineParts<K, V>(
    ItemStore store,
    TagItems tags,
    EntryFormat<K, V> format,
    NearMember<V> near,
    @Nullable CacheWriterAdapter<K, V> writer,
    EventPublisher<K, V> publisher,
    InstantSource clock,
    Backoff backoff,
    Limits limits,
    FailurePolicy onFailure,
    @Nullable LeaseRules leases,
    DegradationLog degradations) {

  /** Starts the access of one call to the store. */
  StoreSession newSession() {
    return new StoreSession(store, limits.timeout(), clock);
  }

  /**
   * The item of a lease that begins now; null if the format has none. In a cache with a writer it
   * may replace a tombstone, and is kept as long.
   */
  @Nullable Item lease(LeaseRules rules, EncodedKey key, long writeId) {
    long now = clock.millis();
    long end = now + rules.ttl().toMillis();
    long keepUntil = writer == null ? end : Math.max(end, now + Envelope.GRACE_MILLIS);
    return format.lease(key, writeId, end, keepUntil);
  }

  /** What is pending of the operations of a call; each entry has to be read. */
  <R extends @Nullable Object> List<PendingOperation<K, V, R>> pending(
      List<? extends Operation<K, V, R>> operations) {
    return pending(operations, key -> null);
  }

  /** The same for entries that an earlier part of the call has found absent. */
  <R extends @Nullable Object> List<PendingOperation<K, V, R>> pendingAbsent(
      List<? extends Operation<K, V, R>> operations) {
    return pending(operations, format::assumedAbsent);
  }

  private <R extends @Nullable Object> List<PendingOperation<K, V, R>> pending(
      List<? extends Operation<K, V, R>> operations,
      Function<EncodedKey, @Nullable Snapshot<V>> known) {
    List<PendingOperation<K, V, R>> pending = new ArrayList<>(operations.size());
    for (Operation<K, V, R> operation : operations) {
      EncodedKey key = format.encode(operation.key());
      pending.add(new PendingOperation<>(operation, key, known.apply(key)));
    }
    return pending;
  }
}
