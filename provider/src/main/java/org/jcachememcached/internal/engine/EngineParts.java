package org.jcachememcached.internal.engine;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jcachememcached.api.FailurePolicy;
import org.jcachememcached.internal.event.EventPublisher;
import org.jcachememcached.internal.integration.CacheWriterAdapter;
import org.jcachememcached.internal.near.NearMember;
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
    DegradationLog degradations) {

  /** Starts the access of one call to the store. */
  StoreSession newSession() {
    return new StoreSession(store, limits.timeout(), clock);
  }

  /** What is pending of the operations of a call; each entry has to be read. */
  <R extends @Nullable Object> List<PendingOperation<K, V, R>> pending(
      List<? extends Operation<K, V, R>> operations) {
    List<PendingOperation<K, V, R>> pending = new ArrayList<>(operations.size());
    for (Operation<K, V, R> operation : operations) {
      pending.add(new PendingOperation<>(operation, format.encode(operation.key()), null));
    }
    return pending;
  }
}
