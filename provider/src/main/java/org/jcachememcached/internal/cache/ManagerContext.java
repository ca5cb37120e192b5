package org.jcachememcached.internal.cache;

import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.store.ItemStore;

/**
 * What a manager provides for its caches. Thread-safe.
 *
 * @param uri the manager's URI, part of the names of MBeans
 * @param stores leases the store of a connection; the cache closes the lease
 * @param classLoader loads the classes of keys and values
 * @param background runs {@code loadAll} and what lists all keys
 * @param asynchronous runs the steps of asynchronous calls
 * @param clock determines what has expired
 */
public record ManagerContext(
    URI uri,
    Function<Settings.Connection, ItemStore> stores,
    Supplier<ClassLoader> classLoader,
    Executor background,
    Executor asynchronous,
    InstantSource clock) {}
