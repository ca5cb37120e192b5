package org.jcachememcached.internal.config;

/**
 * A listener to the events of a cache. Immutable.
 *
 * @param className the full name of the listener's class, or of a factory's
 * @param synchronous whether the operation waits for the listener
 * @param oldValues whether events must carry the old value
 * @param filter the full name of the class, or of a factory's, that selects the events for the
 *     listener; empty for all
 */
public record ListenerRule(
    String className, boolean synchronous, boolean oldValues, String filter) {}
