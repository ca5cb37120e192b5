package org.jcachememcached.engine;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jcachememcached.config.FailurePolicy;
import org.jcachememcached.event.Event;
import org.jcachememcached.integration.WriterGate;
import org.jcachememcached.store.EntryStore;
import org.jspecify.annotations.Nullable;

/**
 * What the engine of one cache works with.
 *
 * @param writer the writer, if the cache writes through
 * @param publisher tells the listeners
 * @param onFailure what a call ends with when the store fails
 * @param degradations is told of calls that went on without the store
 */
public record EngineParts<K, V>(
    EntryStore store,
    EntryFormat<K, V> format,
    @Nullable WriterGate<K, V> writer,
    Consumer<List<Event<K, V>>> publisher,
    InstantSource clock,
    Backoff backoff,
    Limits limits,
    FailurePolicy onFailure,
    DegradationLog degradations) {}
