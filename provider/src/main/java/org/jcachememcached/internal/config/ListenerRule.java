package org.jcachememcached.internal.config;

/**
 * Who is told of the events of a cache, and how. Immutable.
 *
 * @param className the full name of the listener's class, or of a factory's
 * @param synchronous whether the operation waits for the listener
 * @param oldValues whether events must carry the old value
 * @param filter the full name of the class, or of a factory's, that decides which events the
 *     listener hears; empty for all
 */
public record ListenerRule(
    String className, boolean synchronous, boolean oldValues, String filter) {}
