package org.jcachememcached.internal.engine;

import java.time.InstantSource;
import org.jcachememcached.api.FailurePolicy;
import org.jcachememcached.internal.event.EventPublisher;
import org.jcachememcached.internal.integration.CacheWriterAdapter;
import org.jcachememcached.internal.store.ItemStore;
import org.jspecify.annotations.Nullable;

/**
 * What the engine of one cache works with.
 *
 * @param writer the writer, if the cache writes through
 * @param publisher takes note of events and tells the listeners
 * @param onFailure what a call ends with when the store fails
 * @param degradations is told of calls that went on without the store
 */
public record EngineParts<K, V>(
    ItemStore store,
    EntryFormat<K, V> format,
    @Nullable CacheWriterAdapter<K, V> writer,
    EventPublisher<K, V> publisher,
    InstantSource clock,
    Backoff backoff,
    Limits limits,
    FailurePolicy onFailure,
    DegradationLog degradations) {}
