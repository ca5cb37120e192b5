package org.jcachememcached.engine;

import java.time.InstantSource;
import org.jcachememcached.config.FailurePolicy;
import org.jcachememcached.event.Publisher;
import org.jcachememcached.integration.WriterGate;
import org.jcachememcached.store.EntryStore;
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
    EntryStore store,
    EntryFormat<K, V> format,
    @Nullable WriterGate<K, V> writer,
    Publisher<K, V> publisher,
    InstantSource clock,
    Backoff backoff,
    Limits limits,
    FailurePolicy onFailure,
    DegradationLog degradations) {}
