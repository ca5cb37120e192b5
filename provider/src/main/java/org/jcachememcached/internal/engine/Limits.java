package org.jcachememcached.internal.engine;

import java.time.Duration;
import org.jcachememcached.internal.store.PageSize;

/**
 * The bounds of the engine.
 *
 * @param attempts how often an operation may lose the race for its entry before it gives up
 * @param lockWait how long an operation waits for its turn behind others of this JVM
 * @param pageSize how many entries go in one round trip of a bulk operation
 * @param timeout how long the store waits for one answer; a call waits twice as long for servers
 *     that do not answer
 */
public record Limits(int attempts, Duration lockWait, PageSize pageSize, Duration timeout) {}
