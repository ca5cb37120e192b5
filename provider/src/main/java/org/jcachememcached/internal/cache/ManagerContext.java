package org.jcachememcached.internal.cache;

import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.near.NearRegistry;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.tag.TagItems;

/**
 * What a manager provides for its caches. Thread-safe.
 *
 * @param uri the manager's URI, part of the names of MBeans
 * @param stores leases the store of a connection; the cache closes the lease
 * @param tags the tags of the entries of all caches
 * @param near finds the near caches of other managers with the same entries
 * @param classLoader loads the classes of keys and values
 * @param background runs {@code loadAll} and what lists all keys
 * @param asynchronous runs the steps of asynchronous calls
 * @param clock determines what has expired
 */
public record ManagerContext(
    URI uri,
    Function<Settings.Connection, ItemStore> stores,
    TagItems tags,
    NearRegistry near,
    Supplier<ClassLoader> classLoader,
    Executor background,
    Executor asynchronous,
    InstantSource clock) {}
