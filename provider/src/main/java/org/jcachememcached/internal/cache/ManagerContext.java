package org.jcachememcached.internal.cache;

import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jcachememcached.api.ItemFormat;
import org.jcachememcached.internal.codec.interop.FormatChoice;
import org.jcachememcached.internal.config.Engine;
import org.jcachememcached.internal.config.LoadSettings;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.engine.Backoff;
import org.jcachememcached.internal.engine.LeaseRules;
import org.jcachememcached.internal.near.NearRegistry;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.tag.TagItems;
import org.jspecify.annotations.Nullable;

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
 * @param polls how long calls pause that wait for the value that another JVM loads
 * @param observers of the calls of all caches
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
    Backoff polls,
    CallObservers observers,
    InstantSource clock) {

  /** How the loads of a cache are coordinated between JVMs; null if they are not. */
  @Nullable LeaseRules leaseRules(Settings settings) {
    boolean isPossible =
        FormatChoice.of(settings) == ItemFormat.ENVELOPE
            && settings.engine() != Engine.NONE
            && !settings.connection().isMoving();
    return isPossible && settings.get(LoadSettings.LEASE_LOADS)
        ? new LeaseRules(
            settings.get(LoadSettings.LEASE_TTL), settings.get(LoadSettings.LEASE_WAIT), polls)
        : null;
  }
}
