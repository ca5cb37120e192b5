package org.jcachememcached.cache;

import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jcachememcached.config.Settings;
import org.jcachememcached.store.EntryStore;

/**
 * What a manager gives to its caches.
 *
 * @param uri the manager's URI, part of the names of MBeans
 * @param store where the entries of all its caches live
 * @param classLoader loads the classes of keys and values
 * @param background runs {@code loadAll}
 * @param clock tells what has expired
 */
public record ManagerContext(
    URI uri,
    Settings settings,
    EntryStore store,
    Supplier<ClassLoader> classLoader,
    Executor background,
    InstantSource clock) {}
